#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The kernel's own test of IPVS passes: direct routing, NAT, tunnelling. It is run as it
# lies with the sources, which are there for the debug kernel.
# kernel: debug
. "$(dirname "$0")/lib.sh"

. /run/ipvs-vm/paths
selftest=${KERNEL_MODULES%/lib/modules/*}/build/tools/testing/selftests/netfilter/ipvs.sh
check 'the sources have it' test -f "$selftest"
mkdir "$TMPDIR/bin"
ln -s "$IPVSADM" "$TMPDIR/bin/ipvsadm"
ln -s /bin/busybox "$TMPDIR/bin/nc"
check 'it passes' env PATH="$TMPDIR/bin:$PATH" sh "$selftest"

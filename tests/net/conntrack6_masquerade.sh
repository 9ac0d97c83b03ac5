#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Full NAT with the help of netfilter over IPv6.
FAMILY=6
. "$(dirname "$0")/conntrack_masquerade.sh"

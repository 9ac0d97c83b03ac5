#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Datagrams bigger than the MTU over IPv6, to a real program and back.
FAMILY=6
. "$(dirname "$0")/frag_real.sh"

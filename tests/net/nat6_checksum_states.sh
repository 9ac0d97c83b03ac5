#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# NAT of packets about whose checksum a device has said what it can, by IPv6.
FAMILY=6
. "$(dirname "$0")/nat_checksum_states.sh"

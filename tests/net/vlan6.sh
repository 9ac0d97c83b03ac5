#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# NAT and direct routing behind VLAN devices over IPv6.
FAMILY=6
. "$(dirname "$0")/vlan.sh"

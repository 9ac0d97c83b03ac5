#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# UDP by NAT over IPv6.
FAMILY=6
. "$(dirname "$0")/nat_udp.sh"

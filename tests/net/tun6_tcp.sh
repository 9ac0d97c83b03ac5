#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# TCP by tunnel over IPv6, IPv6 in IPv6.
FAMILY=6
. "$(dirname "$0")/tun_tcp.sh"

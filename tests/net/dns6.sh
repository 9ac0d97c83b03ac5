#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Name servers behind NAT, direct routing and a tunnel over IPv6.
FAMILY=6
. "$(dirname "$0")/dns.sh"

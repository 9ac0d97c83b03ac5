#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# NAT to the director itself over IPv6.
FAMILY=6
. "$(dirname "$0")/local_nat.sh"

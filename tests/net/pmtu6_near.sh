#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A way to the servers that is narrower than that to the director, by IPv6.
FAMILY=6
. "$(dirname "$0")/pmtu_near.sh"

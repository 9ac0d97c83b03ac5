#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As packet_counted, over IPv6.
FAMILY=6
. "$(dirname "$0")/packet_counted.sh"

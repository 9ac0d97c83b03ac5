#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As input_bridge, over IPv6.
# kernel: stock (as that)
FAMILY=6
. "$(dirname "$0")/input_bridge.sh"

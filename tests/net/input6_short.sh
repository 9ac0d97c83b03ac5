#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As input_short, over IPv6.
# kernel: stock (as that)
FAMILY=6
. "$(dirname "$0")/input_short.sh"

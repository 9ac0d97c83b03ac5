#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As input_link, over IPv6.
FAMILY=6
. "$(dirname "$0")/input_link.sh"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As conntrack_on, over IPv6.
FAMILY=6
. "$(dirname "$0")/conntrack_on.sh"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As dest_comes_here, over IPv6.
FAMILY=6
. "$(dirname "$0")/dest_comes_here.sh"

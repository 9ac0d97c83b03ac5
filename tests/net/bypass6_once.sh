#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As bypass_once, over IPv6.
FAMILY=6
. "$(dirname "$0")/bypass_once.sh"

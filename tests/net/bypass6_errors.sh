#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What bypasses a marked service of IPv6, and errors about it.
FAMILY=6
. "$(dirname "$0")/bypass_errors.sh"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The same over IPv6.
FAMILY=6
. "$(dirname "$0")/ftp_related.sh"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Several answers of one control connection get other lengths, over IPv6.
FAMILY=6
. "$(dirname "$0")/ftp_changes.sh"

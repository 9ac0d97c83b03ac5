#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the control connection of FTP says of transfers, over IPv6.
FAMILY=6
. "$(dirname "$0")/ftp_commands.sh"

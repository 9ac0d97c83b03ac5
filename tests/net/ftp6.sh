#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# FTP by NAT over IPv6, with real servers and real clients.
FAMILY=6
. "$(dirname "$0")/ftp.sh"

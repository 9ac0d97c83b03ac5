#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# TCP by direct routing over IPv6.
FAMILY=6
. "$(dirname "$0")/dr_tcp.sh"

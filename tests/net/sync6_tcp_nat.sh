#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A TCP connection over IPv6 by NAT appears on the backup, told of to a multicast
# group of IPv6, and ends there too.
FAMILY=6
. "$(dirname "$0")/lib_sync.sh"

topology 2 backup
serve_http 80
sync_tcp -m --mcast-group ff02::81

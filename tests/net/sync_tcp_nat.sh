#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A TCP connection by NAT appears on the backup when it is established, bound to
# its real server and active, and is told of again when it ends.
. "$(dirname "$0")/lib_sync.sh"

topology 2 backup
serve_http 80
sync_tcp -m

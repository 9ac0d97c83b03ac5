#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A master of either version of the protocol, and changes between them: the
# backup takes both, and keeps one table.
. "$(dirname "$0")/lib_sync.sh"

topology 2 backup
serve_http 80
service -t $VIP:80 -s rr -- -m 80
check 'the master speaks version 0' director sysctl -w net.ipv4.vs.sync_version=0
listen_sync backup
start_daemons --syncid 0

hold 80
knows backup 1 'TCP ESTABLISHED'
until_equal 10 1 heard '^message 0 '
equal 'nothing of version 1 yet' 0 "$(heard '^message 1 ')"
check 'now version 1' director sysctl -w net.ipv4.vs.sync_version=1
hold 80
knows backup 2 'TCP ESTABLISHED'
until_equal 10 1 heard '^message 1 '
same_entries 'TCP ESTABLISHED'
check 'and version 0 again' director sysctl -w net.ipv4.vs.sync_version=0
hold 80
knows backup 3 'TCP ESTABLISHED'
same_entries 'TCP ESTABLISHED'
equal 'nothing malformed' 0 "$(heard malformed)"

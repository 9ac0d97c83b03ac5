#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A backup takes only messages of its syncid; one with syncid 0 takes all.
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
serve_http 80
service -t $VIP:80 -s rr -- -m 80
check 'a master of 3' ipvs --start-daemon master --mcast-interface back --syncid 3
check 'a backup of 4' ipvs_backup --start-daemon backup --mcast-interface back --syncid 4
listen_sync backup
hold 80
until_equal 20 1 heard 'state 1 '
[ -n "${IN_TREE-}" ] || until_equal 10 1 sync_counter backup 'messages refused, other syncid'
equal 'the backup of 4 knows nothing' 0 "$(count_entries backup TCP)"

restart() {
	check 'stop the backup' ipvs_backup --stop-daemon backup
	check "a backup of $1" ipvs_backup --start-daemon backup --mcast-interface back --syncid "$1"
	kill "$held"
	hold 80
}
restart 3
knows backup 1 'TCP ESTABLISHED'
restart 0
knows backup 1 'TCP ESTABLISHED'

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The interface of running daemons goes down and comes back: synchronisation goes
# on. It is removed: the daemons can be stopped, and started on another.
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
serve_http 80
service -t $VIP:80 -s rr -- -m 80
for place in director backup; do
	ip -n switch link add "sync-$place" type veth peer name sync netns $place
	ip -n $place link set sync up
	ip -n switch link set "sync-$place" master back up
done
ip -n director address add 10.0.3.1/24 dev sync
ip -n backup address add 10.0.3.2/24 dev sync
start() {
	check "a master on $1" ipvs --start-daemon master --mcast-interface "$1"
	check "a backup on $1" ipvs_backup --start-daemon backup --mcast-interface "$1"
}
socket_errors() {
	[ "$(sync_counter director 'socket errors')" -gt 0 ]
}
start sync
hold 80
knows backup 1 'TCP ESTABLISHED'

check 'down' ip -n director link set sync down
hold 80
knows director 2 'TCP ESTABLISHED'
[ -n "${IN_TREE-}" ] || {
	until_true 20 socket_errors || fail 'no error of the socket is counted'
	note "ok: socket errors: $(sync_counter director 'socket errors')"
}
check 'up' ip -n director link set sync up
hold 80
knows backup 2 'TCP ESTABLISHED'

check 'the interface of the master is removed' ip -n director link del sync
hold 80
knows director 4 'TCP ESTABLISHED'
check 'stop the master' ipvs --stop-daemon master
check 'stop the backup' ipvs_backup --stop-daemon backup
equal 'none runs' '' "$(daemons director)$(daemons backup)"
start back
hold 80
knows backup 3 'TCP ESTABLISHED'

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Both roles at once on both directors, each primary of one address: each learns
# the other's connections, and nobody hears himself.
. "$(dirname "$0")/lib_sync.sh"

SECOND=10.0.1.101
topology 2 backup
serve_http 80
replies_direct
for number in 1 2; do
	ip -n "real$number" address add $SECOND/32 dev lo
done
ip -n backup address add $SECOND/32 dev front
service -t $VIP:80 -s rr -- -g 80
service -t $SECOND:80 -s rr -- -g 80
for place in director backup; do
	for role in master backup; do
		check "$role on $place" on $place \
			"$IPVSADM" --start-daemon $role --mcast-interface back
	done
	equal "daemons of $place" 'master backup' "$(daemons $place)"
done

hold 80
VIP=$SECOND hold 80
knows director 2 ESTABLISHED
knows backup 2 ESTABLISHED
same_entries ESTABLISHED
origin() {
	on "$1" awk '$2 == "0A00010A" { print $4, $(NF - 1) }' \
		/proc/net/ip_vs_conn_sync | sort
}
equal 'origins on the director' '0A000164 LOCAL 0A000165 SYNC' "$(origin director | xargs)"
equal 'origins on the backup' '0A000164 SYNC 0A000165 LOCAL' "$(origin backup | xargs)"

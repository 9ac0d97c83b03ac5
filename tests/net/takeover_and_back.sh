#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# There and back: both directors have both daemons, the connection survives the
# take-over and the return of the first director.
. "$(dirname "$0")/lib_takeover.sh"

size=9000000
stage -m
for place in director backup; do
	for role in master backup; do
		check "$role on $place" on $place \
			"$IPVSADM" --start-daemon $role --mcast-interface front
	done
done
start_download
knows backup 1 "TCP ESTABLISHED $CLIENT:$port "
move director backup
goes_on 300000
bring_back director
check 'the returned director has forgotten' ipvs -C
service_again() {
	check 'its service' ipvs -A -t $VIP:80 -s rr
	for number in 1 2; do
		check "real$number" ipvs -a -t $VIP:80 -r "$(real_address $number):80" -m
	done
}
service_again
knows director 1 "TCP ESTABLISHED $CLIENT:$port "
move backup director
goes_on 300000
arrives

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A template outlives its time while a connection hangs on it, so that the client stays
# with its server, and the backup hears of that.
# kernel: debug, whose time passes at once where nobody uses it
. "$(dirname "$0")/lib_sync.sh"

topology 3 backup
serve_udp 53
service -u $VIP:53 -s rr -p 3 -- -m 53
both --set 0 0 60
listen_sync backup
start_daemons --syncid 0

templates() {
	count_entries "$1" ":0 $VIP:53 "
}
first=$(ask_udp 53)
until_equal 20 1 heard '^UDP .* timeout 3'
for place in director backup; do
	until_equal 20 1 templates $place
done
note "ok: the client is at $first, which the backup knows"
sleep 30
equal 'long after its time' 1 "$(templates director)"
equal '... on the backup' 1 "$(templates backup)"
equal 'that it stays is told' 1 "$(heard '^UDP .* timeout 60')"
equal 'a minute is given at a time' 1 \
	"$(ipvs -Lnc | grep -c "^UDP 00:[0-5][0-9] .* $CLIENT:0 ")"
for number in 1 2 3; do
	equal "again, $number" "$first" "$(ask_udp 53)"
done
sleep 200
equal 'all is over' 0 "$(count_entries director)"
equal '... on the backup' 0 "$(count_entries backup)"

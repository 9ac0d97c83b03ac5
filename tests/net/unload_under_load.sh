#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The modules unload while packets come, with connections in the table and every defence
# on, and come back by themselves.
# cpus: 2
. "$(dirname "$0")/lib_lab.sh"

lab
client "$top/build/net/wire" >"$TMPDIR/flood" <<END &
open front client front director front
open back server back director back
run client touch $TMPDIR/ready
for 1 1000000 flood front 50 udp 10.9.0.1:0 > $VIP:53
END
flood=$!
until_true 20 test -e "$TMPDIR/ready" || fail 'no flood'
unloads() { rmmod ip_vs_wlc ip_vs_rr ip_vs; }
for round in 1 2 3; do
	ipvs -R <<-END || fail 'configuration'
		-A -u $VIP:53 -s rr -p 100
		-a -u $VIP:53 -r 10.0.2.11:53 -m
		-A -t $VIP:80 -s wlc
		-a -t $VIP:80 -r 10.0.2.12:80 -g
	END
	director sh -c 'for name in drop_entry drop_packet secure_tcp; do
		echo 3 >/proc/sys/net/ipv4/vs/$name || exit; done' || fail 'modes'
	until_true 20 director bash -c '[ $(wc -l </proc/net/ip_vs_conn) -gt 20 ]' ||
		fail 'no connections'
	refuse 'services hold the module' rmmod ip_vs
	check 'flush' ipvs -C
	check "unload, round $round" unloads
done
kill $flood
wait $flood 2>/dev/null
equal "nothing in /proc" "" "$(find /proc/self/net/ -maxdepth 1 -name "ip_vs*")"

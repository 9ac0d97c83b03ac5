#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the master says, field by field, in both versions of the protocol.
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
serve_http 8080
check 'a service' ipvs -A -t $VIP:80 -s rr
check 'a server' ipvs -a -t $VIP:80 -r 10.0.2.11:8080 -m
listen_sync backup

hear() {
	local wanted=$1
	hold 80
	port=''
	until_true 10 has_port || fail 'no connection'
	until_equal 10 "${wanted//PORT/$port}" said
	note "ok: $(said)"
	kill "$held"
	until_equal 10 0 count_entries director ESTABLISHED
}
has_port() {
	port=$(entries director ESTABLISHED | sed "s/.*$CLIENT:\([0-9]*\) .*/\1/")
	[ -n "$port" ]
}
said() {
	grep "$CLIENT:$port .* state 1 " "$TMPDIR/wire"
}
tuple="TCP $CLIENT:PORT $VIP:80 10.0.2.11:8080 state 1"

check 'a master' ipvs --start-daemon master --mcast-interface back --syncid 9
hear "$tuple flags 0x0 mark 0 timeout 900"
until_true 10 grep -q '^message 1 9 ' "$TMPDIR/wire" || fail 'another header'
check 'version 0' director sysctl -w net.ipv4.vs.sync_version=0
hear "$tuple flags 0x0"
until_true 10 grep -q '^message 0 9 ' "$TMPDIR/wire" || fail 'another header'
equal 'nothing malformed' 0 "$(heard malformed)"

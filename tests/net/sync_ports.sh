#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# sync_ports: that many threads on as many ports, every connection by one of them.
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
serve_udp 53
service -u $VIP:53 -s rr -- -m 53
for place in director backup; do
	check "four ports on $place" on $place sysctl -w net.ipv4.vs.sync_ports=4 \
		net.ipv4.vs.sync_threshold='1 0'
done
start_daemons --syncid 0
for port in 8848 8849 8850 8851; do
	equal "port $port of the backup" 1 "$(backup ss -Huan "sport = :$port" | wc -l)"
	equal "port $port of the master" 1 "$(director ss -Huan "dport = :$port" | wc -l)"
done
for ((i = 0; i < 8; i++)); do
	talk_udp 53 1 >/dev/null
done
knows backup 8 UDP
same_entries UDP
refuse 'a number that is no power of two' director sysctl -w net.ipv4.vs.sync_ports=3

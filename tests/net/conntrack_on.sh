#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With the sysctl conntrack a balanced connection has an entry whose answers come
# from the real server, by any method; the entry ends with the connection.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:5353 -m
-A -t $VIP:81 -s rr
-a -t $VIP:81 -r 10.0.2.11:81 -g
-A -t $VIP:82 -s rr
-a -t $VIP:82 -r 10.0.2.11:82 -i
END
check 'tracking on' director sh -c 'echo 1 >/proc/sys/net/ipv4/vs/conntrack'
director nft -f - <<END
table ip watch {
	chain through {
		type filter hook forward priority 0; policy drop
		ct state established accept
	}
}
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S seq=100
expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080 flags=S
until director src=10.9.0.1_dst=${VIP}_sport=1000_dport=80_\[UNREPLIED\]_src=10.0.2.11_dst=10.9.0.1_sport=8080_dport=1000 conntrack -L
send server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=SA seq=500 ack=101
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=SA
send client tcp 10.9.0.1:1000 > $VIP:80 flags=A seq=101 ack=501
until director ESTABLISHED_src=10.9.0.1_dst=${VIP}_sport=1000_dport=80_src=10.0.2.11 conntrack -L
# what belongs to no entry is not let through
send server tcp 10.0.2.11:8080 > 10.9.0.1:1001 flags=SA
send client tcp 10.9.0.1:1000 > $VIP:81 flags=S
expect server tcp 10.9.0.1:1000 > $VIP:81 flags=S
until director src=10.9.0.1_dst=${VIP}_sport=1000_dport=81_\[UNREPLIED\]_src=${VIP} conntrack -L
send client tcp 10.9.0.1:1000 > $VIP:82 flags=S
expect server ipip 10.0.2.1 > 10.0.2.11 / tcp 10.9.0.1:1000 > $VIP:82 flags=S
until director src=10.9.0.1_dst=${VIP}_sport=1000_dport=82_\[UNREPLIED\]_src=${VIP} conntrack -L
quiet client tcp 10.0.2.11:8080 > 10.9.0.1:1001
run director $IPVSADM --set 0 0 1
send client udp 10.9.0.1:1000 > $VIP:53
expect server udp 10.9.0.1:1000 > 10.0.2.11:5353
until director ^.*flow.entries conntrack -L
noconn director UDP *
END
no_entry() { ! director conntrack -L -p udp 2>/dev/null | grep -q dport=53; }
check 'the entry ends with the connection' until_true 20 no_entry

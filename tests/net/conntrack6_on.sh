#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As conntrack_on, over IPv6, and what servers and routers say of such connections
# passes a firewall that lets in only what is of them.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r [fd00:2::11]:8080 -m
-A -t $VIP:81 -s rr
-a -t $VIP:81 -r [fd00:2::11]:81 -g
-A -t $VIP:82 -s rr
-a -t $VIP:82 -r [fd00:2::11]:82 -i
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [fd00:2::11]:5353 -m
END
check 'tracking on' director sh -c 'echo 1 >/proc/sys/net/ipv4/vs/conntrack'
check 'the wall' director nft -f - <<END
table ip6 watch {
	chain through {
		type filter hook forward priority 0; policy drop
		ct state established,related accept
	}
}
END
wire <<END
send client tcp [fd09::1]:1000 > $VIP:80 flags=S seq=100
expect server tcp [fd09::1]:1000 > [fd00:2::11]:8080 flags=S
until director src=fd09::1_dst=fd00:1::100_sport=1000_dport=80_\[UNREPLIED\]_src=fd00:2::11_dst=fd09::1_sport=8080_dport=1000 conntrack -L -f ipv6
send server tcp [fd00:2::11]:8080 > [fd09::1]:1000 flags=SA seq=500 ack=101
expect client tcp $VIP:80 > [fd09::1]:1000 flags=SA sum=good
send client tcp [fd09::1]:1000 > $VIP:80 flags=A seq=101 ack=501
expect server tcp [fd09::1]:1000 > [fd00:2::11]:8080 flags=A sum=good
until director ESTABLISHED_src=fd09::1_dst=fd00:1::100_sport=1000_dport=80_src=fd00:2::11 conntrack -L -f ipv6
send server icmp6 fd00:2::11 > fd09::1 type=1 code=4 / tcp [fd09::1]:1000 > [fd00:2::11]:8080 flags=A seq=101
expect client icmp6 fd00:1::100 > fd09::1 type=1 code=4 sum=good / tcp [fd09::1]:1000 > $VIP:80
send server icmp6 fd00:2::254 > fd09::1 type=3 code=0 / tcp [fd09::1]:1000 > [fd00:2::11]:8080 flags=A seq=101
expect client icmp6 * > fd09::1 type=3 code=0 sum=good / tcp [fd09::1]:1000 > $VIP:80
# what belongs to no entry is not let through
send server tcp [fd00:2::11]:8080 > [fd09::1]:1001 flags=SA
send client tcp [fd09::1]:1000 > $VIP:81 flags=S
expect server tcp [fd09::1]:1000 > $VIP:81 flags=S
until director src=fd09::1_dst=fd00:1::100_sport=1000_dport=81_\[UNREPLIED\]_src=fd00:1::100 conntrack -L -f ipv6
send client tcp [fd09::1]:1000 > $VIP:82 flags=S
expect server ip6 fd00:2::1 > fd00:2::11 / tcp [fd09::1]:1000 > $VIP:82 flags=S
until director src=fd09::1_dst=fd00:1::100_sport=1000_dport=82_\[UNREPLIED\]_src=fd00:1::100 conntrack -L -f ipv6
quiet client tcp [fd00:2::11]:8080 > [fd09::1]:1001
run director $IPVSADM --set 0 0 1
send client udp [fd09::1]:1000 > $VIP:53
expect server udp [fd09::1]:1000 > [fd00:2::11]:5353
noconn director UDP *
END
no_entry() { ! director conntrack -L -f ipv6 -p udp 2>/dev/null | grep -q dport=53; }
check 'the entry ends with the connection' until_true 20 no_entry

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With the sysctl conntrack a balanced connection has an entry whose answers come
# from the real server, by any method; the entry ends with the connection. What servers
# and routers say of it passes a firewall that lets in only what belongs to entries.
. "$(dirname "$0")/lib_lab.sh"

server=$(host 2 11) router=$(host 2 254)
case $FAMILY in
4) client=10.9.0.1 ports=10.9.0.1 icmp=icmp sum=' sum=good' tunnel="ipip 10.0.2.1"
	unreachable='type=3 code=3' exceeded='type=11 code=0' ;;
6) client=fd09::1 ports=[fd09::1] icmp=icmp6 tunnel="ip6 fd00:2::1"
	unreachable='type=1 code=4' exceeded='type=3 code=0'
	sum=$([ -n "${IN_TREE-}" ] || echo ' sum=good') ;; # in tree: partial, as from a card
esac

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $server:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $server:5353 -m
-A -t $VIP:81 -s rr
-a -t $VIP:81 -r $server:81 -g
-A -t $VIP:82 -s rr
-a -t $VIP:82 -r $server:82 -i
END
check 'tracking on' director sh -c 'echo 1 >/proc/sys/net/ipv4/vs/conntrack'
check 'the wall' director nft -f - <<END
table inet watch {
	chain through {
		type filter hook forward priority 0; policy drop
		ct state established,related accept
	}
}
END
server=$(bare "$server") router=$(bare "$router") vip=$(bare "$VIP")
at() { [ "$FAMILY" = 4 ] && echo "$1:$2" || echo "[$1]:$2"; }
entries="conntrack -L -f ipv$FAMILY"
wire <<END
send client tcp $ports:1000 > $VIP:80 flags=S seq=100
expect server tcp $ports:1000 > $(at "$server" 8080) flags=S
until director src=${client}_dst=${vip}_sport=1000_dport=80_\[UNREPLIED\]_src=${server}_dst=${client}_sport=8080_dport=1000 $entries
send server tcp $(at "$server" 8080) > $ports:1000 flags=SA seq=500 ack=101
expect client tcp $VIP:80 > $ports:1000 flags=SA$sum
send client tcp $ports:1000 > $VIP:80 flags=A seq=101 ack=501
expect server tcp $ports:1000 > $(at "$server" 8080) flags=A
until director ESTABLISHED_src=${client}_dst=${vip}_sport=1000_dport=80_src=${server} $entries
send server $icmp $server > $client $unreachable / tcp $ports:1000 > $(at "$server" 8080) flags=A seq=101
expect client $icmp $vip > $client $unreachable$sum / tcp $ports:1000 > $VIP:80
send server $icmp $router > $client $exceeded / tcp $ports:1000 > $(at "$server" 8080) flags=A seq=101
expect client $icmp * > $client $exceeded$sum / tcp $ports:1000 > $VIP:80
# what belongs to no entry is not let through
send server tcp $(at "$server" 8080) > $ports:1001 flags=SA
send client tcp $ports:1000 > $VIP:81 flags=S
expect server tcp $ports:1000 > $VIP:81 flags=S
until director src=${client}_dst=${vip}_sport=1000_dport=81_\[UNREPLIED\]_src=${vip} $entries
send client tcp $ports:1000 > $VIP:82 flags=S
expect server $tunnel > $server / tcp $ports:1000 > $VIP:82 flags=S
until director src=${client}_dst=${vip}_sport=1000_dport=82_\[UNREPLIED\]_src=${vip} $entries
quiet client tcp $(at "$server" 8080) > $ports:1001
run director $IPVSADM --set 0 0 1
send client udp $ports:1000 > $VIP:53
expect server udp $ports:1000 > $(at "$server" 5353)
noconn director UDP *
END
no_entry() { ! director $entries -p udp 2>/dev/null | grep -q dport=53; }
check 'the entry ends with the connection' until_true 20 no_entry

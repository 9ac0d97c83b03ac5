#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With the sysctl conntrack a balanced connection has an entry whose answers come
# from the real server, by any method, also where packets come in fragments; the entry
# ends with the connection. What servers and routers say of it passes a firewall that
# lets in only what belongs to entries.
. "$(dirname "$0")/lib_outer.sh"

server=$(host 2 11) router=$(host 2 254)
case $FAMILY in
4) client=10.9.0.1 ports=10.9.0.1 sum=' sum=good' outer=10.0.2.1 exceeded='type=11 code=0' ;;
6) client=fd09::1 ports='[fd09::1]' outer=fd00:2::1 exceeded='type=3 code=0'
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
-A --sctp-service $VIP:5000 -s rr
-a --sctp-service $VIP:5000 -r $server:6000 -m
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
tunnels "$vip" "$server" 90
at() { [ "$FAMILY" = 4 ] && echo "$1:$2" || echo "[$1]:$2"; }
entries="conntrack -L -f ipv$FAMILY"
wire <<END
run director ethtool -K back tx off >/dev/null
send client tcp $ports:1000 > $VIP:80 flags=S seq=100
expect server tcp $ports:1000 > $(at "$server" 8080) flags=S
until director src=${client}_dst=${vip}_sport=1000_dport=80_\[UNREPLIED\]_src=${server}_dst=${client}_sport=8080_dport=1000 $entries
send server tcp $(at "$server" 8080) > $ports:1000 flags=SA seq=500 ack=101
expect client tcp $VIP:80 > $ports:1000 flags=SA$sum
send client tcp $ports:1000 > $VIP:80 flags=A seq=101 ack=501
expect server tcp $ports:1000 > $(at "$server" 8080) flags=A
until director ESTABLISHED_src=${client}_dst=${vip}_sport=1000_dport=80_src=${server} $entries
send server $icmp $server > $client $no_port / tcp $ports:1000 > $(at "$server" 8080) flags=A seq=101
expect client $icmp $vip > $client $no_port$sum / tcp $ports:1000 > $VIP:80
send server $icmp $router > $client $exceeded / tcp $ports:1000 > $(at "$server" 8080) flags=A seq=101
expect client $icmp * > $client $exceeded$sum / tcp $ports:1000 > $VIP:80
# what belongs to no entry is not let through
send server tcp $(at "$server" 8080) > $ports:1001 flags=SA
send client tcp $ports:1000 > $VIP:81 flags=S
expect server tcp $ports:1000 > $VIP:81 flags=S
until director src=${client}_dst=${vip}_sport=1000_dport=81_\[UNREPLIED\]_src=${vip} $entries
$(for kind in "${!kinds[@]}"; do
	echo "send client tcp $ports:1000 > $VIP:9$kind flags=S"
	echo "expect server $(outer "$kind" "$outer" "$server" "$FAMILY" '') / tcp $ports:1000 > $VIP:9$kind flags=S"
	echo "until director src=${client}_dst=${vip}_sport=1000_dport=9${kind}_\[UNREPLIED\]_src=${vip} $entries"
done)
send client sctp $ports:1000 > $VIP:5000 chunk=init vtag=0
expect server sctp $ports:1000 > $(at "$server" 6000) chunk=init sum=good
until director src=${client}_dst=${vip}_sport=1000_dport=5000_\[UNREPLIED\]_src=${server}_dst=${client}_sport=6000_dport=1000 $entries
send server sctp $(at "$server" 6000) > $ports:1000 chunk=init-ack vtag=0
expect client sctp $VIP:5000 > $ports:1000 chunk=init-ack sum=good
send client sctp $ports:1000 > $VIP:5000 chunk=cookie-echo vtag=0
expect server sctp $ports:1000 > $(at "$server" 6000) chunk=cookie-echo
send server sctp $(at "$server" 6000) > $ports:1000 chunk=cookie-ack vtag=0
expect client sctp $VIP:5000 > $ports:1000 chunk=cookie-ack
until director ESTABLISHED_src=${client}_dst=${vip}_sport=1000_dport=5000_src=${server} $entries
send server sctp $(at "$server" 6000) > $ports:1001 chunk=data
send client udp $ports:1001 > $VIP:53 size=2000 id=1 frag=1000+1008
send client udp $ports:1001 > $VIP:53 size=2000 id=1 frag=0+1000
expect server udp $ports:1001 > $(at "$server" 5353) off=0 mf=1
expect server udp $client > $server off=1000 mf=0
send server udp $(at "$server" 5353) > $ports:1001 size=2000 id=2 frag=1000+1008
send server udp $(at "$server" 5353) > $ports:1001 size=2000 id=2 frag=0+1000
expect client udp $VIP:53 > $ports:1001 off=0 mf=1
expect client udp $vip > $client off=1000 mf=0
until director src=${client}_dst=${vip}_sport=1001_dport=53_src=${server} $entries
quiet client tcp $(at "$server" 8080) > $ports:1001
quiet client sctp * > $ports:1001
run director $IPVSADM --set 0 0 1
for 1000 1001 send client udp $ports:% > $VIP:53
for 1000 1001 expect server udp $ports:% > $(at "$server" 5353)
noconn director UDP *
END
no_entry() { ! director sh -c "$entries -p udp" 2>/dev/null | grep -q 'dport=53 '; }
check 'the entry ends with the connection' until_true 20 no_entry

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Direct routing and tunnel to an address of the director itself: the packet stays
# as it is, and whoever listens on the virtual address answers. A tunnel's address may be
# of the other family. A client on the director has its packet stay so too, unless it was
# on its way to somewhere else: then it is nobody's.
. "$(dirname "$0")/lib.sh"

topology 0
for port in 80 81 82; do
	background director socat "TCP$FAMILY-LISTEN:$port,fork,reuseaddr" "SYSTEM:read -r _; echo local $port"
done
for port in 53 54; do
	background director socat -t 60 "UDP$FAMILY-RECVFROM:$port,bind=$VIP,fork" \
		"SYSTEM:read -r _; echo local $port"
done
for port in 80 81 82; do
	wait_listen director tcp $port
done
wait_listen director udp 53
wait_listen director udp 54
self=$(host 1 1)
case $FAMILY in
4) other='[fd00:2::1]' ;;
6) other=10.0.2.1 ;;
esac
ip_lines director <<<"address add $(bare "$other") dev lo"
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $self:80 -g
-A -t $VIP:81 -s rr
-a -t $VIP:81 -r $self:81 -i
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $self:53 -g
-A -t $VIP:82 -s rr
-a -t $VIP:82 -r $other:82 -i
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r $other:54 -i --tun-type gue --tun-port 6080
-A -u $(host 2 200):55 -s rr
-a -u $(host 2 200):55 -r $other:55 -i --tun-type gre
END
# ask_tcp PORT [PLACE]
ask_tcp() {
	on "${2:-client}" sh -c \
		"echo go | socat -t 60 - TCP$FAMILY:$VIP:$1,connect-timeout=20"
}
equal 'direct routing, TCP' 'local 80' "$(ask_tcp 80)"
equal 'tunnel, TCP' 'local 81' "$(ask_tcp 81)"
equal 'direct routing, UDP' 'local 53' "$(ask_udp 53)"
equal 'tunnel of the other family, TCP' 'local 82' "$(ask_tcp 82)"
equal 'tunnel of the other family, UDP' 'local 54' "$(ask_udp 54)"
equal 'connections' 5 "$(connections "$(pattern "$CLIENT"):.*$(pattern "$VIP"):")"

director nft -f - <<END
table inet watch {
	chain out {
		type filter hook output priority 0;
		meta nfproto ipv$FAMILY udp dport 55 counter
	}
}
END
equal 'a client here' 'local 82' "$(ask_tcp 82 director)"
equal 'its connection' 6 "$(connections "$(pattern "$VIP"):")"
director bash -c "echo >/dev/udp/$(bare "$(host 2 200)")/55"
equal 'one for elsewhere' 1 "$(connections "$(pattern "$(host 2 200)"):55")"
check 'goes nowhere' grep -q 'counter packets 0 ' <(director nft list table inet watch)

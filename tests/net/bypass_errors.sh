#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What bypasses a marked service stays as it is: associations of SCTP, and errors about it,
# by the server, by routers, by the client and by the director itself, none of which is
# about a virtual address.
. "$(dirname "$0")/lib_lab.sh"

lab
from=$(away 9 1) server=$(away 8 5)
source=$(bare "$from") target=$(bare "$server") router=$(bare "$(host 2 254)")
case $FAMILY in
4) nowhere=10.7.0.5 lost='type=3 code=1' late='type=11 code=0' own=10.0.1.1 ;;
6) nowhere='[fd07::5]' lost='type=1 code=3' late='type=3 code=0' own='*' ;;
esac
nowhere="$from:1000 > $nowhere:53" headers=$((octets + 8))
# Errors of clients find the service too.
deliver_marked 'meta l4proto { tcp, udp, sctp }' 'icmp type destination-unreachable' \
	'icmpv6 type destination-unreachable'
ipvs -A -f 7 "${of_family[@]}" -s rr
there="$from:1000 > $server" back="$server:53 > $from:1000"
case $FAMILY in
4) groups='224.0.0.1 10.0.1.255 10.0.2.255 255.255.255.255' ;;
6) groups='[ff01::1] [ff02::1]' ;;
esac
# What is for all goes to nobody else, and no error answers it (RFC 1122, 3.2.2; RFC 4443, 2.4).
{
	for bypass in 0 1; do
		echo "sysctl director net/ipv4/vs/cache_bypass $bypass"
		for group in $groups; do
			echo "send client udp $from:1000 > $group:53 size=9"
		done
	done
	echo "quiet server udp $from:1000 > *"
	echo "quiet client $icmp * > $source"
	echo 'conns director 0 *'
} | wire || exit
wire <<END
sysctl director net/ipv4/vs/cache_bypass 1
send client sctp $there:5000 chunk=init
expect server sctp $there:5000 chunk=init ttl=63 sum=good
send server sctp $server:5000 > $from:1000 chunk=init-ack
expect client sctp $server:5000 > $from:1000 chunk=init-ack ttl=63 sum=good
send client sctp $there:5000 chunk=cookie-echo+data size=40
expect server sctp $there:5000 chunk=cookie-echo+data ttl=63 sum=good
send client sctp $there:5000 chunk=data size=40 sum=bad
expect server sctp $there:5000 chunk=data ttl=63 sum=bad
conn director SCTP $from:1000 $server:5000 *
send client udp $there:53 size=100
expect server udp $there:53 size=100 ttl=63 sum=good data=pattern
send server udp $back size=100
expect client udp $back size=100 ttl=63 sum=good data=pattern
conn director UDP $from:1000 $server:53 *
send server $icmp $target > $source $no_port / udp $there:53 size=100
expect client $icmp $target > $source $no_port ttl=63 sum=good / udp $there:53 size=100 data=pattern
send server $icmp $router > $source $too_big mtu=1290 / udp $there:53 size=1000
expect client $icmp $router > $source $too_big mtu=1290 ttl=63 sum=good / udp $there:53
send server $icmp $router > $source $late / sctp $there:5000 chunk=data size=20
expect client $icmp $router > $source $late ttl=63 sum=good / sctp $there:5000
send client $icmp $source > $target $no_port / udp $back size=100
expect server $icmp $source > $target $no_port ttl=63 sum=good / udp $back size=100 data=pattern
conns director 2 *
# Its states are those of who is seen in both directions, as the in-tree module has them.
send client tcp $there:80 flags=S
send client tcp $there:80 flags=A
expect server tcp $there:80 flags=S
expect server tcp $there:80 flags=A
until director TCP.*ESTABLISHED $IPVSADM -Lnc
send client tcp $there:80 flags=FA
expect server tcp $there:80 flags=FA
until director TCP.*CLOSE.WAIT $IPVSADM -Lnc
END
# The director's own are by an address of the director's. In tree there are none of IPv4:
# they would be by the server's.
[ "$FAMILY" = 4 ] && [ -n "${IN_TREE-}" ] && exit
wire <<END
run director ip link set back mtu 1300
send client udp $there:53 size=1300 df=1
expect client $icmp $own > $source $too_big mtu=1300 sum=good / udp $there:53
send client udp $there:53 size=$((1300 - headers)) df=1
expect server udp $there:53 size=$((1300 - headers))
send client udp $there:53 size=9 ttl=1
expect client $icmp $own > $source $late sum=good / udp $there:53
send client udp $there:53 size=9 ttl=2
expect server udp $there:53 size=9 ttl=1
send client udp $nowhere size=9
expect client $icmp $own > $source $lost sum=good / udp $nowhere
sysctl director net/ipv4/vs/cache_bypass 0
send client udp $there:54
expect client $icmp $own > $source $no_port sum=good / udp $there:54
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A router on the way of a tunnel cannot pass a packet on: the client is told about
# the packet that it sent, and of the next one that the tunnel has no room for it. What
# it is told is counted, with the octets of its packet, and nothing else.
. "$(dirname "$0")/lib_lab.sh"

lab
{
	port=54
	for kind in ipip 'gue --tun-port 6080' 'gue --tun-port 6080 --tun-csum' \
		gre 'gre --tun-csum'; do
		echo "-A -u $VIP:$port -s rr"
		echo "-a -u $VIP:$port -r 10.8.0.$port:54 -i --tun-type $kind"
		port=$((port + 1))
	done
	echo "-A -u $VIP:59 -s rr"
	echo "-a -u $VIP:59 -r 10.8.0.59:54 -i"
} | ipvs -R || fail 'configuration'

# Its outer header, as the router quotes it.
outer() {
	case $1 in
	54 | 59) echo "ipip 10.0.2.1 > 10.8.0.$1" ;;
	55) echo "udp 10.0.2.1:5555 > 10.8.0.$1:6080 gue=1 sum=zero" ;;
	56) echo "udp 10.0.2.1:5555 > 10.8.0.$1:6080 gue=1" ;;
	57) echo "gre 10.0.2.1 > 10.8.0.$1" ;;
	58) echo "gre 10.0.2.1 > 10.8.0.$1 grecsum=1" ;;
	esac
}

size() {
	case $1 in
	54) echo 980 ;;
	55 | 56) echo 968 ;;
	57) echo 976 ;;
	58) echo 972 ;;
	esac
}

router='icmp 10.0.2.254 > 10.0.2.1'
# Packets in and out, octets in and out. (In tree what is sent to the client is counted
# once more.)
counts=1_1_128_60
[ -z "${IN_TREE-}" ] || counts=1_2_128_148
{
	echo 'sysctl director net/ipv4/icmp_ratelimit 0'
	for port in 54 55 56 57 58; do
		packet="udp 10.9.0.1:1000 > $VIP:$port"
		echo "send client $packet size=1200 df=1"
		echo "expect server $(outer $port | sed 's/:5555/:*/; s/ gue=1.*//; s/ grecsum=1//') df=1 / $packet size=1200 df=1"
		echo "send server $router type=3 code=4 mtu=1000 quote=80 / $(outer $port) df=1 / $packet size=1200 df=1"
		echo "expect client icmp $VIP > 10.9.0.1 type=3 code=4 mtu=* sum=good / $packet df=1"
		echo "send client $packet size=1200 df=1"
		echo "expect client icmp $VIP > 10.9.0.1 type=3 code=4 mtu=$(size $port) sum=good / $packet df=1"
		echo "send server $router type=3 code=1 quote=80 / $(outer $port) / $packet size=100"
		echo "expect client icmp $VIP > 10.9.0.1 type=3 code=1 sum=good / $packet"
		echo "send server $router type=11 code=0 quote=80 / $(outer $port) / $packet size=100"
		echo "expect client icmp $VIP > 10.9.0.1 type=11 code=0 sum=good / $packet"
	done
	# Nothing that did not come from our tunnel, or lies: no connection, another
	# server (in tree is not so careful), a wrong checksum; and who may be cut is
	# not told of widths.
	packet="udp 10.9.0.1:1000 > $VIP:54"
	echo 'clear client'
	echo "send server $router type=3 code=1 quote=80 / $(outer 54) / udp 10.9.0.1:1001 > $VIP:54 size=100"
	[ -n "${IN_TREE-}" ] ||
		echo "send server $router type=3 code=1 quote=80 / $(outer 55) / $packet size=100"
	echo "send server $router type=3 code=1 quote=80 sum=bad / $(outer 54) / $packet size=100"
	echo "send server $router type=3 code=4 mtu=900 quote=80 / $(outer 54) / $packet size=100"
	echo "quiet client icmp * > 10.9.0.1"
	echo "send client $packet size=1200 df=1"
	echo "expect client icmp $VIP > 10.9.0.1 type=3 code=4 mtu=880 sum=good / $packet df=1"
	# no way to the server any more: there is no width to tell of (in tree is one)
	echo "clear client"
	echo "run director ip route replace unreachable 10.8.0.0/16"
	[ -n "${IN_TREE-}" ] ||
		echo "send server $router type=3 code=4 mtu=900 quote=80 / $(outer 54) / $packet df=1"
	echo "quiet client icmp * > 10.9.0.1"
	echo "run director ip route replace 10.8.0.0/16 via 10.0.2.254"
	packet="udp 10.9.0.1:1000 > $VIP:59"
	echo "send client $packet size=100"
	echo "send server $router type=3 code=1 quote=80 sum=bad / $(outer 59) / $packet size=100"
	echo "send server $router type=3 code=4 mtu=900 quote=80 / $(outer 59) / $packet size=100"
	echo "send server $router type=3 code=1 quote=80 / $(outer 59) / $packet size=100"
	echo "expect client icmp $VIP > 10.9.0.1 type=3 code=1 sum=good / $packet"
	echo "until director UDP_+10.0.1.100:59_1_${counts}_ $IPVSADM -ln --stats --exact"
	packet="udp 10.9.0.1:1000 > $VIP:54"
	echo "cuts server $router type=3 code=1 / $(outer 54) / $packet size=1"
	echo "cuts server $router type=3 code=1 / $(outer 56) / udp 10.9.0.1:1000 > $VIP:56 size=1"
	echo "cuts server $router type=3 code=1 / $(outer 58) / udp 10.9.0.1:1000 > $VIP:58 size=1"
} | wire

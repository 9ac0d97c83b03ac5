#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What each kind of tunnel puts before a packet, octet for octet: the outer header
# takes TTL, DSCP, ECN and "don't fragment" from the packet, GUE and GRE have
# checksums where asked for, whoever makes those of the packet inside.
. "$(dirname "$0")/lib_outer.sh"

lab
tunnels "$VIP" 10.0.2.13 54

before() {
	outer "$1" 10.0.2.1 10.0.2.13 4 "${@:2}"
}

client='10.9.0.1:1000'
{
	echo 'run director ethtool -K back tx off tso off gso off >/dev/null'
	for kind in "${!kinds[@]}"; do
		port=$((54 + kind))
		[ "$kind" = 3 ] && sum=bad || sum=good
		# A packet's checksum is whole, left to the device, not there.
		echo "send client udp $client > $VIP:$port size=9 tos=3 id=4 df=1 ttl=33"
		echo "expect server $(before "$kind" 'ttl=32 tos=2 df=1 id=0 ipsum=good')" \
			"/ udp $client > $VIP:$port size=9 tos=3 id=4 df=1 ttl=32 ipsum=good sum=good data=pattern"
		echo "send client udp $client > $VIP:$port size=8 tos=185 id=5 csum=partial"
		echo "expect server $(before "$kind" 'ttl=63 tos=185 df=0 ipsum=good' 0014001a)" \
			"/ udp $client > $VIP:$port size=8 tos=185 id=5 df=0 ttl=63 ipsum=good sum=$sum data=pattern"
		echo "send client udp $client > $VIP:$port size=8 id=6 sum=zero"
		echo "expect server $(before "$kind" 'ttl=63 tos=0 df=0 ipsum=good')" \
			"/ udp $client > $VIP:$port size=8 id=6 sum=zero data=pattern"
		# Of a super-packet each segment is as if it had come alone.
		echo "send client tcp $client > $VIP:$port flags=S"
		echo "expect server $(before "$kind" ttl=63)"
		echo "send client tcp $client > $VIP:$port flags=PA size=2400 csum=partial gso=1200 df=1 id=99"
		echo "expect server $(before "$kind" 'ttl=63 df=1 id=0 ipsum=good' 00140024)" \
			"/ tcp $client > $VIP:$port size=1200 seq=1 id=99 flags=A ipsum=good"
		echo "expect server $(before "$kind" 'ttl=63 df=1 id=1 ipsum=good' 00140024)" \
			"/ tcp $client > $VIP:$port size=1200 seq=1201 id=100 flags=PA ipsum=good"
	done
	# A device that can cut gets it whole; remote checksums it cannot.
	echo 'run director ethtool -K back tx on tso on gso on >/dev/null'
	for kind in 0 1 2 4 5; do
		port=$((54 + kind))
		echo "send client tcp $client > $VIP:$port flags=PA size=2400 csum=partial gso=1200 df=1 seq=7"
		echo "expect server $(before "$kind" gso=1200 | sed 's/ \(sum\|grecsum\)=good//')" \
			"/ tcp $client > $VIP:$port size=2400 seq=7 data=pattern"
	done
	# One flow keeps one UDP port.
	echo "send client udp $client > $VIP:55 size=1"
	echo "learn one sport server udp 10.0.2.1 > 10.0.2.13:6080 / udp $client > $VIP:55 size=1"
	echo "send client udp $client > $VIP:55 size=2"
	echo "expect server udp 10.0.2.1:@one > 10.0.2.13:6080 / udp $client > $VIP:55 size=2"
	# What may be cut is told apart from what went to that server before.
	for size in 21 22 23; do
		echo "send client udp $client > $VIP:54 size=$size"
		echo "learn id$size id server ipip 10.0.2.1 > 10.0.2.13 df=0 / udp $client > $VIP:54 size=$size"
	done
	echo 'differ @id21 @id22'
	echo 'differ @id22 @id23'
	echo 'sysctl director net/ipv4/vs/pmtu_disc 0'
	for kind in 0 1 4; do
		port=$((54 + kind))
		echo "send client udp $client > $VIP:$port size=3 df=1"
		echo "expect server $(before "$kind" 'ttl=63 df=0') / udp $client > $VIP:$port size=3 df=1"
	done
} | wire

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What each kind of tunnel puts before a packet, octet for octet: the outer header
# takes TTL, DSCP, ECN and "don't fragment" from the packet, GUE and GRE have
# checksums where asked for, whoever makes those of the packet inside.
. "$(dirname "$0")/lib_lab.sh"

lab
{
	port=54
	for kind in ipip 'gue --tun-port 6080' 'gue --tun-port 6080 --tun-csum' \
		'gue --tun-port 6080 --tun-remcsum' gre 'gre --tun-csum'; do
		for protocol in t u; do
			echo "-A -$protocol $VIP:$port -s rr"
			echo "-a -$protocol $VIP:$port -r 10.0.2.13:$port -i --tun-type $kind"
		done
		port=$((port + 1))
	done
} | ipvs -R || fail 'configuration'

# Fields of an outer header and shim per port, for a packet whose checksum is
# complete ("full") or left to the next device ("partial").
gue='10.0.2.1:* > 10.0.2.13:6080'
full() {
	case $1 in
	54) echo "ipip 10.0.2.1 > 10.0.2.13 ${2-}" ;;
	55) echo "udp $gue ${2-} sum=zero gue=00040000 gueopt=" ;;
	5[67]) echo "udp $gue ${2-} sum=good gue=00040000 gueopt=" ;;
	58) echo "gre 10.0.2.1 > 10.0.2.13 ${2-} gre=00000800" ;;
	59) echo "gre 10.0.2.1 > 10.0.2.13 ${2-} gre=80000800 grecsum=good" ;;
	esac
}

# Where to begin to sum and where the sum goes are $3 (UDP: 0014001a).
partial() {
	case $1 in
	57) echo "udp $gue ${2-} sum=good gue=02040001 gueopt=80000000$3" ;;
	*) full "$1" "$2" ;;
	esac
}

inside='udp 10.9.0.1:1000 >'
{
	echo 'run director ethtool -K back tx off tso off gso off >/dev/null'
	for port in 54 55 56 57 58 59; do
		# A packet's checksum is whole, left to the device, not there.
		echo "send client udp 10.9.0.1:1000 > $VIP:$port size=9 tos=3 id=4 df=1 ttl=33"
		echo "expect server $(full $port 'ttl=32 tos=2 df=1 id=0 ipsum=good')" \
			"/ $inside $VIP:$port size=9 tos=3 id=4 df=1 ttl=32 ipsum=good sum=good data=pattern"
		echo "send client udp 10.9.0.1:1000 > $VIP:$port size=8 tos=185 id=5 csum=partial"
		[ $port = 57 ] && sum=bad || sum=good
		echo "expect server $(partial $port 'ttl=63 tos=185 df=0 ipsum=good' 0014001a)" \
			"/ $inside $VIP:$port size=8 tos=185 id=5 df=0 ttl=63 ipsum=good sum=$sum data=pattern"
		echo "send client udp 10.9.0.1:1000 > $VIP:$port size=8 id=6 sum=zero"
		echo "expect server $(full $port 'ttl=63 tos=0 df=0 ipsum=good')" \
			"/ $inside $VIP:$port size=8 id=6 sum=zero data=pattern"
		# Of a super-packet each segment is as if it had come alone.
		echo "send client tcp 10.9.0.1:1000 > $VIP:$port flags=S"
		echo "expect server $(full $port ttl=63)"
		echo "send client tcp 10.9.0.1:1000 > $VIP:$port flags=PA size=2400 csum=partial gso=1200 df=1 id=99"
		[ $port = 57 ] && sum='' || sum=sum=good
		echo "expect server $(partial $port 'ttl=63 df=1 id=0 ipsum=good' 00140024)" \
			"/ tcp 10.9.0.1:1000 > $VIP:$port size=1200 seq=1 id=99 flags=A ipsum=good $sum"
		echo "expect server $(partial $port 'ttl=63 df=1 id=1 ipsum=good' 00140024)" \
			"/ tcp 10.9.0.1:1000 > $VIP:$port size=1200 seq=1201 id=100 flags=PA ipsum=good $sum"
	done
	# A device that can cut gets it whole; remote checksums it cannot.
	echo 'run director ethtool -K back tx on tso on gso on >/dev/null'
	for port in 54 55 56 58; do
		echo "send client tcp 10.9.0.1:1000 > $VIP:$port flags=PA size=2400 csum=partial gso=1200 df=1 seq=7"
		echo "expect server $(full $port gso=1200 | sed 's/ sum=good//')" \
			"/ tcp 10.9.0.1:1000 > $VIP:$port size=2400 seq=7 data=pattern"
	done
	# One flow keeps one UDP port.
	echo "send client udp 10.9.0.1:1000 > $VIP:55 size=1"
	echo "learn one sport server udp 10.0.2.1 > 10.0.2.13:6080 / $inside $VIP:55 size=1"
	echo "send client udp 10.9.0.1:1000 > $VIP:55 size=2"
	echo "expect server udp 10.0.2.1:@one > 10.0.2.13:6080 / $inside $VIP:55 size=2"
	echo 'sysctl director net/ipv4/vs/pmtu_disc 0'
	for port in 54 55 58; do
		echo "send client udp 10.9.0.1:1000 > $VIP:$port size=3 df=1"
		echo "expect server $(full $port 'ttl=63 df=0') / $inside $VIP:$port size=3 df=1"
	done
} | wire

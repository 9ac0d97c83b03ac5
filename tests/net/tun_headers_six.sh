#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As tun_headers, where the packet, the tunnel or both are of IPv6: traffic class
# and hop limit stand for TOS and TTL, nothing says "don't fragment" of a packet
# of IPv6, and the outer header has no flow label.
. "$(dirname "$0")/lib_outer.sh"

lab
lab_six
tunnels "$VIP" fd00:2::13 60
tunnels "$VIP6" 10.0.2.13 70
tunnels "$VIP6" fd00:2::13 80

# lines CLIENT VIP INNER OUTER PORT: both kinds of checksum, all kinds of
# tunnels. INNER and OUTER are 4 or 6.
lines() {
	local client=$1 vip=$2 inner=$3 outer=$4 kind port from=10.0.2.1 to=10.0.2.13
	local start=14 df='df=0' fields
	[ "$inner" = 4 ] || start=28
	[ "$outer" = 4 ] || from=fd00:2::1 to=fd00:2::13 df='flow=0'
	for kind in "${!kinds[@]}"; do
		port=$(($5 + kind))
		[ "$kind" = 3 ] && sum=bad || sum=good
		fields="udp $client > $vip:$port data=pattern"
		echo "send client udp $client > $vip:$port size=9 tos=3 ttl=33"
		echo "expect server $(outer "$kind" $from $to "$inner" "ttl=32 tos=2 $df")" \
			"/ $fields size=9 tos=3 ttl=32 sum=good"
		echo "send client udp $client > $vip:$port size=8 tos=185 csum=partial"
		echo "expect server $(outer "$kind" $from $to "$inner" "ttl=63 tos=185 $df" \
			"00${start}00$(printf %02x $((16#$start + 6)))")" \
			"/ $fields size=8 tos=185 ttl=63 sum=$sum"
		echo "send client tcp $client > $vip:$port flags=S"
		echo "expect server $(outer "$kind" $from $to "$inner" ttl=63)"
		echo "send client tcp $client > $vip:$port flags=PA size=2400 csum=partial gso=1200"
		for seq in 1 1201; do
			echo "expect server $(outer "$kind" $from $to "$inner" ttl=63 \
				"00${start}00$(printf %02x $((16#$start + 16)))")" \
				"/ tcp $client > $vip:$port size=1200 seq=$seq"
		done
	done
}

# whole: a device that can cut gets super-packets as they came, as in tun_headers.
whole() {
	local client=$1 vip=$2 inner=$3 outer=$4 kind port from=10.0.2.1 to=10.0.2.13
	[ "$outer" = 4 ] || from=fd00:2::1 to=fd00:2::13
	for kind in 0 1 2 4 5; do
		port=$(($5 + kind))
		echo "send client tcp $client > $vip:$port flags=PA size=2400 csum=partial gso=1200 seq=7"
		echo "expect server $(outer "$kind" $from $to "$inner" 'ttl=63 gso=1200' |
			sed 's/ \(sum\|grecsum\)=good//')" \
			"/ tcp $client > $vip:$port size=2400 seq=7 data=pattern"
	done
}

{
	echo 'run director ethtool -K back tx off tso off gso off >/dev/null'
	lines 10.9.0.1:1000 "$VIP" 4 6 60
	lines '[fd00:9::1]:1000' "[$VIP6]" 6 4 70
	lines '[fd00:9::1]:1000' "[$VIP6]" 6 6 80
	echo 'run director ethtool -K back tx on tso on gso on >/dev/null'
	whole 10.9.0.1:1000 "$VIP" 4 6 60
	whole '[fd00:9::1]:1000' "[$VIP6]" 6 4 70
	whole '[fd00:9::1]:1000' "[$VIP6]" 6 6 80
} | wire

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As icmp_tunnel, where the packet, the tunnel or both are of IPv6: the client is
# told in its own family, of a failure in a tunnel of the other that its address
# cannot be reached. (The in-tree module tells nothing of these.)
. "$(dirname "$0")/lib_outer.sh"

lab
lab_six
tunnels "$VIP" fd00:8::1% 60
tunnels "$VIP6" 10.8.0.1% 70
tunnels "$VIP6" fd00:8::2% 80

# lines CLIENT VIP INNER OUTER PORT SERVER
lines() {
	local client=$1 vip=$2 inner=$3 outer=$4 kind from=10.0.2.1 to=$6
	local router='icmp 10.0.2.254 > 10.0.2.1' big='type=3 code=4' lost='type=3 code=1'
	local told="icmp $VIP > 10.9.0.1" width='type=3 code=4' unreachable='type=3 code=1'
	local packet size before
	if [ "$outer" = 6 ]; then
		from=fd00:2::1 router='icmp6 fd00:2::254 > fd00:2::1'
		big='type=2 code=0' lost='type=1 code=3'
	fi
	if [ "$inner" = 6 ]; then
		told="icmp6 $VIP6 > fd00:9::1" width='type=2 code=0' unreachable='type=1 code=3'
	fi
	for kind in "${!kinds[@]}"; do
		packet="udp $client > $vip:$(($5 + kind))"
		size=$((1400 - $(overhead "$kind" "$outer")))
		before=$(quoted "$kind" "$from" "$to$kind" "$inner")
		echo "send client $packet size=1400 df=1"
		echo "expect server $(outer "$kind" "$from" "$to$kind" "$inner" '') / $packet size=1400"
		echo "send server $router $big mtu=1400 quote=120 / $before / $packet size=1400 df=1"
		echo "expect client $told $width mtu=$size sum=good / $packet"
		echo "send client $packet size=1400 df=1"
		echo "expect client $told $width mtu=$size sum=good / $packet"
		echo "send server $router $lost quote=120 / $before / $packet size=1400"
		echo "expect client $told $unreachable sum=good / $packet"
	done
}

{
	echo 'run director ethtool -K back tx off >/dev/null'
	echo 'sysctl director net/ipv4/icmp_ratelimit 0'
	echo 'sysctl director net/ipv6/icmp/ratelimit 0'
	lines 10.9.0.1:1000 "$VIP" 4 6 60 fd00:8::1
	lines '[fd00:9::1]:1000' "[$VIP6]" 6 4 70 10.8.0.1
	lines '[fd00:9::1]:1000' "[$VIP6]" 6 6 80 fd00:8::2
	# Within IPv6 a message stays what it is, unless it points into the tunnel's
	# header.
	packet="udp [fd00:9::1]:1000 > [$VIP6]:80"
	before=$(quoted 0 fd00:2::1 fd00:8::20 6)
	echo "send server icmp6 fd00:2::254 > fd00:2::1 type=3 code=0 / $before / $packet size=9"
	echo "expect client icmp6 $VIP6 > fd00:9::1 type=3 code=0 sum=good / $packet"
	echo "send server icmp6 fd00:2::254 > fd00:2::1 type=4 code=0 / $before / $packet size=9"
	echo "expect client icmp6 $VIP6 > fd00:9::1 type=1 code=3 sum=good / $packet"
	echo "clear client"
	echo "send server icmp6 fd00:2::254 > fd00:2::1 type=1 code=0 sum=bad / $before / $packet size=9"
	echo "send server icmp6 fd00:2::254 > fd00:2::1 type=1 code=0 / $(quoted 0 fd00:2::1 fd00:8::21 6) / $packet size=9"
	echo "quiet client icmp6 $VIP6 > fd00:9::1"
	echo "cuts server icmp6 fd00:2::254 > fd00:2::1 type=1 code=3 / $before / $packet size=1"
	echo "cuts server icmp 10.0.2.254 > 10.0.2.1 type=3 code=1 / $(quoted 2 10.0.2.1 10.8.0.12 6) / udp [fd00:9::1]:1000 > [$VIP6]:72 size=1"
} | wire

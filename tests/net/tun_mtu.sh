#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The room that each kind of tunnel leaves a packet: one octet more is told to the
# client with the right size, or cut if it may be, or if pmtu_disc is off.
. "$(dirname "$0")/lib_outer.sh"

lab_of_tunnels
ip -n director link set back mtu 1400

# about CLIENT VIP PORT INNER OUTER KIND ROOM [FIELD]: the largest that fits goes,
# the next size comes back.
about() {
	local header=28 from=10.0.2.1 to=10.0.2.13 packet="udp $1 > $2:$3" start=0014001a
	local told="icmp $VIP > 10.9.0.1 type=3 code=4"
	[ "$5" = 4 ] || from=fd00:2::1 to=fd00:2::13
	if [ "$4" = 6 ]; then
		header=48 told="icmp6 $VIP6 > fd00:9::1 type=2 code=0" start=0028002e
	fi
	[ -n "${8-}" ] || start=
	echo "send client $packet size=$(($7 - header)) df=1 ${8-}"
	echo "expect server $(outer "$6" $from $to "$4" '' $start) / $packet size=$(($7 - header))"
	echo "send client $packet size=$(($7 - header + 1)) df=1 ${8-}"
	echo "expect client $told mtu=$7 sum=good / $packet"
}

# widths CLIENT VIP PORT INNER OUTER KIND
widths() {
	local room=$((1400 - $(overhead "$6" "$5")))
	about "$@" $room
	[ "$6" != 3 ] || about "$@" $((room - 8)) csum=partial
}

# cut CLIENT VIP PORT INNER OUTER KIND DF: the first piece has the outer header.
cut() {
	local from=10.0.2.1 to=10.0.2.13
	[ "$5" = 4 ] || from=fd00:2::1 to=fd00:2::13
	echo "send client udp $1 > $2:$3 size=1400 df=$7"
	echo "expect server $(outer "$6" $from $to "$4" 'mf=1 off=0' | sed 's/sum=good/sum=cut/; s/grecsum=cut/grecsum=bad/')"
}

{
	echo 'run director ethtool -K back tx off >/dev/null'
	echo 'sysctl director net/ipv4/icmp_ratelimit 0'
	echo 'sysctl director net/ipv6/icmp/ratelimit 0'
	for kind in "${!kinds[@]}"; do
		widths 10.9.0.1:1000 "$VIP" $((50 + kind)) 4 4 "$kind"
		widths 10.9.0.1:1000 "$VIP" $((60 + kind)) 4 6 "$kind"
		widths '[fd00:9::1]:1000' "[$VIP6]" $((70 + kind)) 6 4 "$kind"
	done
	widths '[fd00:9::1]:1000' "[$VIP6]" 80 6 6 0
	cut 10.9.0.1:1000 "$VIP" 52 4 4 2 0
	cut 10.9.0.1:1000 "$VIP" 64 4 6 4 0
	echo 'sysctl director net/ipv4/vs/pmtu_disc 0'
	cut 10.9.0.1:1000 "$VIP" 55 4 4 5 1
	cut 10.9.0.1:1000 "$VIP" 60 4 6 0 1
	# IPv6 has a right to 1280 octets anywhere, be it in pieces. (In tree it has
	# not: a tunnel over IPv4 tells less, one over IPv6 carries nothing.)
	if [ -z "${IN_TREE-}" ]; then
		echo 'run director ip link set back mtu 1290'
		for port in 70 80; do
			packet="udp [fd00:9::1]:1000 > [$VIP6]:$port"
			echo "send client $packet size=1232"
			echo "expect server ip6 * > * mf=1 off=0 / $packet"
			echo "send client $packet size=1233"
			echo "expect client icmp6 $VIP6 > fd00:9::1 type=2 code=0 mtu=1280 sum=good / $packet"
		done
	fi
} | wire

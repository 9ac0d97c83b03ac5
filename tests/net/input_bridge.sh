#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kernel: stock (the debug kernel has no br_netfilter)
# A director that is a bridge, too, where the rules for IP are asked about bridged frames:
# those for itself are served, those for another host go on to that as they came, the virtual
# address or not; but a server's answer to a client gets that address.
. "$(dirname "$0")/lib_input.sh"

other=02:00:00:00:03:0c
case $FAMILY in
4) rules=bridge-nf-call-iptables clients=10.9.0.0/16 nodad='' ;;
6) rules=bridge-nf-call-ip6tables clients=fd09::/16 nodad=nodad ;;
esac

modprobe br_netfilter || fail 'br_netfilter'
input_lab
# The front becomes a port of the bridge, which takes over what it had.
ip -batch - <<-END || fail 'bridge'
	link add side netns server type veth peer name side netns director
END
ip -n server link set side address $other up
ip -n director -batch - <<-END || fail 'bridge'
	link add bridge address 02:00:00:00:01:01 type bridge mcast_snooping 0
	link set front master bridge
	link set side master bridge up
	link set bridge up
	address del $(network 1 1) dev front
	address del $(alone 1 100) dev front
	address add $(network 1 1) dev bridge $nodad
	address add $(alone 1 100) dev bridge $nodad
	neighbour add $(bare "$CLIENT") lladdr 02:00:00:00:01:0a dev bridge
	route replace $clients via $(bare "$CLIENT")
END
director nft "table inet f { chain c { type filter hook prerouting priority 0;
	udp dport 53-55 counter; }; }"
{
	echo "open side server side"
	echo "open other client front $other"
	echo "open side_back server side 02:00:00:00:01:0a"
	for asked in 0 1; do
		director_has "bridge/$rules" $asked
		served "$good"
		answered "$good"
		door=other sent "$good"
		for port in 1000 $((1000 + step)); do
			echo "for 53 55 expect side udp $good:$port > $VIP:% size=$step ttl=64"
		done
		echo "expect side tcp $good:1000 > $VIP:80 flags=S size=$step ttl=64"
		echo "expect side tcp $good:1000 > $VIP:80 flags=A size=$step ttl=64"
		back_door=side_back answers "$good"
		from=$server:9053
		[ $asked = 0 ] || from=$VIP:53
		echo "expect client udp $from > $good:1000 size=$step ttl=64"
		served "$good"
		answered "$good"
	done
	# They have been asked about.
	echo "until director packets_30_ nft list table inet f"
	echo 'quiet side udp * > *'
	echo 'quiet side tcp * > *'
} | input_wire

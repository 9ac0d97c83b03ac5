#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A real server's answer is forwarded like anybody's packet until it gets the virtual
# address: what the stack has to say of it is said to that server, about the packet that it
# sent, and what is not to be forwarded is not; from one answer to the next.
. "$(dirname "$0")/lib_input.sh"

real=$(bare "$server") near=$(host 2 50)
case $FAMILY in
4) expired='type=11 code=0' prohibited='type=3 code=13' ;;
6) expired='type=3 code=0' prohibited='type=1 code=1' ;;
esac

rules() { director_does ip "-$FAMILY" rule "$@"; }
routes() { director_does ip "-$FAMILY" route "$@"; }
blocks() { director_does ip xfrm policy "$@"; }

# server_told ICMP: about the answer before.
server_told() {
	echo "expect server $icmp * > $real $1 sum=good / udp $server:9053 > $good:1000"
}

# redirected: the client is the server's neighbour, and it is told so.
redirected() {
	served "$near"
	director_has ipv4/conf/back/send_redirects 1
	answers "$near"
	echo "expect server udp $VIP:53 > $near:1000 size=$step ttl=63"
	case $FAMILY in
	4) echo "expect server icmp * > $real type=5 code=1 eid=2560 mtu=562 sum=good / udp $server:9053 > $near:1000" ;;
	6) echo "expect server icmp6 * > $real type=137 sum=good" ;;
	esac
	director_has ipv4/conf/back/send_redirects 0
}

input_lab
ip -n director -batch - <<END
neighbour add $(bare "$near") lladdr 02:00:00:00:02:0b dev back
address add fe80::1/64 dev back nodad
END
{
	served "$good"
	answered "$good"

	# First what has to wait a second after anything else that a server is told.
	[ "$FAMILY" = 4 ] || redirected
	routes add prohibit "$(bare "$good")"
	answers "$good"
	server_told "$prohibited"
	served "$good"
	routes del prohibit "$(bare "$good")"
	answered "$good"

	answers "$good" ttl=1
	server_told "$expired"
	answered "$good"

	director_does ip link set front mtu 1400
	answers "$good" size=1400 df=1
	server_told "$too_big mtu=1400"
	if [ "$FAMILY" = 4 ]; then
		answers "$good" size=1400
		echo "expect client udp $VIP:53 > $good:1000 off=0 mf=1"
		echo "expect client udp $VIP > $good mf=0"
	fi
	director_does ip link set front mtu 1500
	answers "$good" size=1400 df=1
	echo "expect client udp $VIP:53 > $good:1000 size=1400"

	rules add pref 50 from "$real" blackhole
	unanswered "$good"
	rules del pref 50
	answered "$good"

	if [ "$FAMILY" = 4 ]; then
		director_has ipv4/conf/back/forwarding 0
	else
		director_has ipv6/conf/all/forwarding 0
	fi
	unanswered "$good"
	director_has ipv4/conf/back/forwarding 1
	director_has ipv6/conf/all/forwarding 1
	answered "$good"

	blocks add dir fwd src "$real" dst "$(bare "$good")" action block
	unanswered "$good"
	blocks del dir fwd src "$real" dst "$(bare "$good")"
	answered "$good"
	# Nobody is let in for himself, nor has the answer that address yet.
	blocks add dir in src "$(bare "$good")" dst "$(bare "$VIP")" action block
	blocks add dir fwd src "$(bare "$VIP")" dst "$(bare "$good")" action block
	served "$good"
	answered "$good"

	[ "$FAMILY" = 6 ] || redirected

	if [ "$FAMILY" = 4 ]; then
		for options in 94040000 01010100; do
			answered "$good" opt=$options
		done
		answers "$good" opt=07070400000000
		echo "expect client udp $VIP:53 > $good:1000 size=$step opt=0707080a00016400"
		# a length that cannot be, and a route that is the sender's choice
		for options in 07020400 8307040a000101; do
			unanswered "$good" opt=$options
		done
		# By the device that leads to the clients.
		back_door=client answered "$good"
		director_has ipv4/conf/front/rp_filter 1
		back_door=client unanswered "$good"
		answered "$good"
		director_has ipv4/conf/front/rp_filter 0
		back_door=client answered "$good"
	else
		answered "$good" ext=hbh
	fi
} | input_wire

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Nobody is served whose source cannot be, whatever clients were served before; nor, over
# IPv4, whose source is the director's own, while it is, unless accept_local says so.
. "$(dirname "$0")/lib_input.sh"

other=$(away 9 5)
case $FAMILY in
4) martians=(127.0.0.1 127.8.9.1 0.0.0.0 255.255.255.255 224.0.0.1 239.1.1.1) own=unserved ;;
6) martians=('[::1]' '[ff02::1]' '[ff0e::1]') own=served ;;
esac

input_lab
{
	served "$good"
	served "$other"
	for address in "${martians[@]}" "$VIP" "$(host 1 1)" "$(host 2 1)"; do
		case $address in
		"$VIP" | "$(host 1 1)" | "$(host 2 1)") $own "$address" ;;
		*) unserved "$address" ;;
		esac
	done
	served "$good"
	for device in front back lo; do
		director_does ip address add "$(bare "$other")" dev $device
		$own "$other"
		served "$good"
		director_does ip address del "$(bare "$other")" dev $device
		served "$other"
	done
	if [ "$FAMILY" = 4 ]; then
		director_does ip address add "$other" dev back
		unserved "$other"
		director_has ipv4/conf/front/accept_local 1
		served "$other"
		director_has ipv4/conf/front/route_localnet 1
		unserved 127.0.0.1
		director_has ipv4/conf/front/accept_local 0
		unserved "$other"
		director_has ipv4/conf/all/accept_local 1
		served "$other"
	fi
} | input_wire

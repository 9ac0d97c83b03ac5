#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Clients are served while the virtual address is the director's, by whatever device or
# route; from the moment at which it is not, their packets go where the routes lead.
. "$(dirname "$0")/lib_input.sh"

vip=$(bare "$VIP") own=$(alone 1 100)
case $FAMILY in
4) prohibited='type=3 code=13' unreachable='type=3 code=1' nodad='' ;;
6) prohibited='type=1 code=1' unreachable='type=1 code=0' nodad=nodad ;;
esac

adds() { director_does ip address add "$own" dev "$1" "$nodad"; }
deletes() { director_does ip address del "$own" dev "$1"; }
routes() { director_does ip "-$FAMILY" route "$@"; }

input_lab
# Who has the address then, for all that the director knows.
ip -n director -batch - <<END
neighbour add $vip lladdr 02:00:00:00:01:0a dev front
link add spare type dummy
link set spare up
END
{
	served "$good"
	deletes front
	passed_on "$good" client
	for device in front back lo spare; do
		adds $device
		served "$good"
		[ $device = spare ] || deletes $device
	done
	# A device that is down keeps its addresses, but not those of IPv6.
	director_does ip link set spare down
	if [ "$FAMILY" = 4 ]; then
		served "$good"
		deletes spare
	fi
	passed_on "$good" client
	adds front
	served "$good"
	routes del local "$vip" dev front table local
	passed_on "$good" client
	routes add local "$vip" dev front table local
	served "$good"
	# That route is not the address's, which leaves it.
	deletes front
	served "$good"
	routes del local "$vip" dev front table local
	passed_on "$good" client
	routes add local "$vip" dev lo
	served "$good"
	routes del local "$vip" dev lo
	passed_on "$good" client
	for kind in blackhole prohibit unreachable; do
		routes add $kind "$vip"
		case $kind in
		blackhole) unserved "$good" ;;
		prohibit) told "$(away 9 2)" "$prohibited" ;;
		unreachable) told "$(away 9 3)" "$unreachable" ;;
		esac
		# It is no route to what is here.
		adds front
		served "$good"
		deletes front
		routes del $kind "$vip"
		passed_on "$good" client
	done
	adds front
	served "$good"
} | input_wire

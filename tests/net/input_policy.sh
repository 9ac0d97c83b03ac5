#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Rules that stand before the addresses of the director say who reaches it: a client that they
# turn away, by its address, its mark or its device, is not served from then on until they go.
. "$(dirname "$0")/lib_input.sh"

bad=$(away 9 2) marked=$(away 9 3)
vip=$(bare "$VIP") from=$(bare "$bad")
case $FAMILY in
4) unreachable='type=3 code=0' prohibited='type=3 code=13' of=ip ;;
6) unreachable='type=1 code=0' prohibited='type=1 code=1' of=ip6 ;;
esac

rules() { director_does ip "-$FAMILY" rule "$@"; }
routes() { director_does ip "-$FAMILY" route "$@"; }

input_lab
director nft -f - <<END
table inet marks {
	chain before {
		type filter hook prerouting priority mangle;
		$of saddr $(bare "$marked") meta mark set 7
	}
}
END
{
	served "$good"
	served "$bad"
	served "$marked"
	# Behind the table of local addresses nothing is asked about one of them.
	rules add pref 50 from "$from" to "$vip" unreachable
	served "$bad"
	rules add pref 100 lookup local
	rules del pref 0
	told "$bad" "$unreachable"
	served "$good"
	rules del pref 50
	served "$bad"
	rules add pref 50 fwmark 7 to "$vip" prohibit
	told "$marked" "$prohibited"
	served "$good"
	rules del pref 50
	served "$marked"
	rules add pref 50 iif front to "$vip" blackhole
	unserved "$bad"
	unserved "$good"
	rules del pref 50
	# The address is elsewhere for them.
	routes add "$vip" via "$(bare "$(host 2 254)")" table 100
	rules add pref 50 from "$from" lookup 100
	passed_on "$bad" server
	served "$good"
	routes del "$vip" table 100
	served "$bad"
	routes add throw "$vip" table 100
	served "$bad"
	routes del throw "$vip" table 100
	routes add blackhole "$vip" table 100
	unserved "$bad"
	rules del pref 50
	served "$bad"
} | input_wire

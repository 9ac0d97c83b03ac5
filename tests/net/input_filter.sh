#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A filter that comes while clients are being served sees each of their packets before and
# after the routing, at INPUT as it came and at OUTPUT as it leaves, and each answer by NAT at
# FORWARD with the real server's address; what it drops is dropped, until it goes.
. "$(dirname "$0")/lib_input.sh"

ip=ip
[ "$FAMILY" = 4 ] || ip=ip6
to="$ip daddr { $(bare "$VIP"), $(bare "$server") }" from="$ip saddr $(bare "$server")"
virtual="$ip saddr $(bare "$VIP")"

# filter HOOK PRIORITY RULE: counts from now on.
filter() {
	director_does "nft 'table inet f { chain c { type filter hook $1 priority $2; $3 counter; }; }'"
}
# drops RULE: by the same filter.
drops() {
	director_does "nft 'add rule inet f c $1 drop'"
}
# no_filter PACKETS: it counted so many.
no_filter() {
	echo "until director packets_$1_ nft list table inet f"
	director_does nft delete table inet f
}

input_lab
{
	served "$good"
	answered "$good"
	for place in 'prerouting 300' 'input 0' 'output 0' 'postrouting 0'; do
		# shellcheck disable=SC2086
		filter $place "$to"
		served "$good"
		drops "$to"
		unserved "$good"
		no_filter 16
		served "$good"
	done
	# None of them is forwarded; answers are, as they come.
	filter forward 0 "$to"
	served "$good"
	no_filter 0
	filter forward 0 "$from"
	answered "$good"
	drops "$from"
	answers "$good"
	past
	no_filter 2
	answered "$good"
	# Behind that they have the virtual address.
	filter postrouting 0 "$virtual"
	answered "$good"
	drops "$virtual"
	answers "$good"
	past
	no_filter 2
	answered "$good"
} | input_wire

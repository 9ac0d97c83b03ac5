#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kernel: stock (the debug kernel has no trace events)
# Where nobody could tell, the stack need not look for the route of a client's packet: after
# the first one no lookup for the virtual address is seen. With a filter at INPUT it has to;
# without it it need not again, at the latest after some seconds.
. "$(dirname "$0")/lib_input.sh"

tracing=/sys/kernel/tracing
event=fib/fib_table_lookup asked=8
[ "$FAMILY" = 4 ] || event=fib6/fib6_table_lookup

[ -e $tracing/trace ] || mount -t tracefs tracefs $tracing || fail 'tracefs'

# looked [SCRIPT]: how often the stack looks while the client is being served, by eight packets
# (in $seen).
looked() {
	{
		served "$good"
		echo "$@"
		echo "run director sh -c 'echo >$tracing/trace; echo 1 >$tracing/events/$event/enable'"
		served "$good"
		echo "run director sh -c 'echo 0 >$tracing/events/$event/enable'"
	} | input_wire
	# (a real server by direct routing looks, too, and does not find it)
	seen=$(grep -c -- "-> $(bare "$VIP")/.* err 0" $tracing/trace)
}
# Each processor learns the way for itself, and again when a device has come up.
spared() {
	looked >/dev/null
	[ "$seen" -eq 0 ]
}

input_lab
if [ -n "${IN_TREE-}" ]; then
	# it has no such way
	looked
	[ "$seen" -ge $asked ] || fail "only $seen lookups"
	exit
fi
until_true 20 spared || fail "still $seen lookups"
looked run director nft "'table inet f { chain c { type filter hook input priority 0; }; }'"
[ "$seen" -ge $asked ] || fail "only $seen lookups beside a filter"
director nft delete table inet f
until_true 20 spared || fail "$seen lookups after it"

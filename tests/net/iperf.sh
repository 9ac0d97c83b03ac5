#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# iperf3 by NAT, by direct routing and by tunnel: streams and datagrams in both
# directions at once.
# cpus: 2
. "$(dirname "$0")/lib.sh"

topology 3
replies_from_tunnel
replies_back 1
methods=(-m -g -i)
for number in 1 2 3; do
	# By UDP it answers from whatever address the route has, unless it has one.
	bind=()
	[ $number = 1 ] || bind=(--bind "$(bare $VIP)")
	background real$number iperf3 --server --port 520$number "${bind[@]}"
done
for number in 1 2 3; do
	wait_listen real$number tcp 520$number
	for protocol in t u; do
		echo "-A -$protocol $VIP:520$number -s rr"
		echo "-a -$protocol $VIP:520$number -r $(real_address $number):520$number ${methods[number - 1]}"
	done
done >"$TMPDIR/rules"
ipvs -R <"$TMPDIR/rules" || fail 'configuration'

# run NUMBER DESCRIPTION OPTION...: what goes wrong may be in the JSON alone.
run() {
	client timeout 100 iperf3 --client "$(bare $VIP)" --port "520$1" --json --bidir "${@:3}" \
		>"$TMPDIR/json" || fail "$2, real$1: status $?: $(tail -n 5 "$TMPDIR/json")"
	grep -q '"error"' "$TMPDIR/json" && fail "$2, real$1: $(tail -n 5 "$TMPDIR/json")"
	note "ok: $2, real$1"
}
counted() {
	ipvs -Ln --stats --exact | awk -v dest="$(real_address "$1"):520$1" '$2 == dest && $3 >= 2 { n++ } END { exit n != 2 }'
}

for number in 1 2 3; do
	run $number 'streams' --bytes 1M
	run $number 'datagrams' --udp --bitrate 2M --time 1
	until_true 20 counted $number || fail "no connections of real$number"
done

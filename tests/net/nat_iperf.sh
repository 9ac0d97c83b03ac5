#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# iperf3 through NAT: a stream in each direction, datagrams in both, by both families.
# cpus: 2
. "$(dirname "$0")/lib_tun.sh"

topology 1
topology_six
ip_lines real1 <<END
address del $VIP6/128 dev lo
route replace default via fd00:2::1
END
background real1 iperf3 --server
wait_listen real1 tcp 5201
for protocol in t u; do
	for at in "$VIP 10.0.2.11" "[$VIP6] [fd00:2::11]"; do
		echo "-A -$protocol ${at% *}:5201 -s rr"
		echo "-a -$protocol ${at% *}:5201 -r ${at#* }:5201 -m"
	done
done >"$TMPDIR/rules"
ipvs -R <"$TMPDIR/rules" || fail 'configuration'

# run ADDRESS DESCRIPTION OPTION...
run() {
	client timeout 100 iperf3 --client "$1" --json "${@:3}" >"$TMPDIR/json" ||
		fail "$2: $(tail -n 5 "$TMPDIR/json")"
	note "ok: $2, $1"
}

for address in $VIP $VIP6; do
	run $address 'a stream to the server' --bytes 2M
	run $address 'a stream to the client' --bytes 2M --reverse
	run $address 'both at once' --bytes 1M --bidir
	run $address 'datagrams to the server' --udp --bitrate 2M --time 1
	run $address 'datagrams to the client' --udp --bitrate 2M --time 1 --reverse
done
counted() {
	ipvs -Ln --stats --exact | awk -v dest="$1:5201" '$2 == dest && $3 >= 2 { n++ } END { exit n != 2 }'
}
for server in 10.0.2.11 '[fd00:2::11]'; do
	until_true 20 counted "$server" || fail "no connections of $server"
done

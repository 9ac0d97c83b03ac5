#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# iperf3 through NAT: a stream in each direction, datagrams in both.
# cpus: 2
. "$(dirname "$0")/lib.sh"

topology 1
background real1 iperf3 --server
wait_listen real1 tcp 5201
ipvs -R <<END
-A -t $VIP:5201 -s rr
-a -t $VIP:5201 -r 10.0.2.11:5201 -m
-A -u $VIP:5201 -s rr
-a -u $VIP:5201 -r 10.0.2.11:5201 -m
END

# run DESCRIPTION OPTION...
run() {
	client timeout 100 iperf3 --client $VIP --json "${@:2}" >"$TMPDIR/json" ||
		fail "$1: $(tail -n 5 "$TMPDIR/json")"
	note "ok: $1"
}

run 'a stream to the server' --bytes 2M
run 'a stream to the client' --bytes 2M --reverse
run 'both at once' --bytes 1M --bidir
run 'datagrams to the server' --udp --bitrate 2M --time 1
run 'datagrams to the client' --udp --bitrate 2M --time 1 --reverse
some() { [ "$(dest_field 1 1 --stats)" -ge 2 ]; }
until_true 20 some || fail 'no connections'

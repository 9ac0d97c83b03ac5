#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Least connection counts live connections, 256 closed ones as one, whatever the
# weights; of equals the server added last is taken.
. "$(dirname "$0")/lib.sh"

# Real servers say their name and wait until the client is gone.
serve() {
	local number
	for number in $(seq "$REALS"); do
		background "real$number" socat TCP4-LISTEN:80,fork,reuseaddr "SYSTEM:echo real$number; exec cat"
	done
	for number in $(seq "$REALS"); do
		wait_listen "real$number" tcp 80
	done
}

live() {
	ipvs -Ln | awk '$1 == "->" && NR > 3 { sum += $5 } END { print sum + 0 }'
}

# hold NUMBER: the client opens a connection and keeps it, as the NUMBERth.
hold() {
	background client bash -c "exec 3<>/dev/tcp/$VIP/80 && exec sleep 1000"
	held[$1]=$!
	until_equal 20 "$1" live
}

# visit LIVE: a connection that is over before the next begins.
visit() {
	client timeout 20 bash -c "exec 3<>/dev/tcp/$VIP/80 && head -n 1 <&3"
	until_equal 20 "$1" live
}

topology 3
serve
ipvs -R <<-END
	-A -t $VIP:80 -s lc
	-a -t $VIP:80 -r $(real_address 1) -m -w 100
	-a -t $VIP:80 -r $(real_address 2) -m -w 1
	-a -t $VIP:80 -r $(real_address 3) -m -w 1
END
held=()
for number in 1 2 3; do
	hold $number
	equal "connection $number is real$((4 - number))'s" 1 "$(dest_field $((4 - number)) 3)"
done

kill "${held[2]}"
until_equal 20 2 live
equal 'the server that lost its connection gets the next ones' 'real2=3' "$(spread 3 visit 2)"
hold 3
equal 'and is live again' 1 "$(dest_field 2 3)"
check 'without real1' ipvs -e -t $VIP:80 -r "$(real_address 1)" -m -w 0
equal 'closed connections count a little' 'real3=3' "$(spread 3 visit 3)"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Weighted least connection: live connections are spread in proportion to the
# weights, and a server that lost some gets the next.
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

topology 2
serve
ipvs -R <<-END
	-A -t $VIP:80 -s wlc
	-a -t $VIP:80 -r $(real_address 1) -m -w 3
	-a -t $VIP:80 -r $(real_address 2) -m -w 1
END
held=()
for number in 1 2 3 4; do
	hold $number
done
equal 'three quarters' 3 "$(dest_field 1 3)"
equal 'one quarter' 1 "$(dest_field 2 3)"

# The 1st went to real2, which was added last; the others to real1.
kill "${held[2]}" "${held[3]}"
until_equal 20 2 live
equal 'real1 lost two' 1 "$(dest_field 1 3)"
equal 'equally many: the greater weight' 'real1=3' "$(spread 3 visit 2)"
check 'weight 0' ipvs -e -t $VIP:80 -r "$(real_address 1)" -m -w 0
equal 'nothing with weight 0' 'real2=2' "$(spread 2 visit 2)"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Datagrams bigger than the MTU, to a real program by NAT and back.
. "$(dirname "$0")/lib.sh"

topology 1
background real1 socat -b 65536 -t 60 "UDP$FAMILY-RECVFROM:5353,fork" PIPE
wait_listen real1 udp 5353
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $(real_address 1):5353 -m
END
head -c 9000 /dev/urandom >"$TMPDIR/question"
client timeout 60 bash -c "exec 3<>/dev/udp/$(bare "$VIP")/53 &&
	dd if=$TMPDIR/question bs=65536 >&3 && dd bs=65536 count=1 of=$TMPDIR/answer <&3" 2>/dev/null
check 'the answer is the question' cmp "$TMPDIR/question" "$TMPDIR/answer"
equal 'one connection' 1 "$(connections UDP)"
counted() {
	local column
	for column in 2 3 4 5; do
		dest_field 1 $column --stats
	done | paste -sd ' '
}
# The IPv4 header, or the IPv6 one, and that of UDP.
octets=$((9008 + (FAMILY == 4 ? 20 : 40)))
until_equal 20 "1 1 $octets $octets" counted

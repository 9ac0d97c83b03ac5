#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Datagrams bigger than the MTU, to real programs behind NAT, direct routing and a tunnel,
# and back.
. "$(dirname "$0")/lib.sh"

topology 3
replies_from_tunnel
replies_back 1
for number in 2 3; do
	background real$number socat -b 65536 -t 60 "UDP$FAMILY-RECVFROM:53,fork,bind=$VIP" PIPE
done
background real1 socat -b 65536 -t 60 "UDP$FAMILY-RECVFROM:5353,fork" PIPE
wait_listen real1 udp 5353
wait_listen real2 udp 53
wait_listen real3 udp 53
head -c 9000 /dev/urandom >"$TMPDIR/question"
# The IPv4 header, or the IPv6 one, and that of UDP.
octets=$((9008 + (FAMILY == 4 ? 20 : 40)))

counted() {
	local column
	for column in 2 3 4 5; do
		dest_field "$1" $column --stats
	done | paste -sd ' '
}

# Nobody but the client cuts an IPv6 packet, and it does not know of the tunnel yet.
learn_width() {
	client bash -c "dd if=$TMPDIR/question bs=65536 >/dev/udp/$(bare "$VIP")/53" 2>/dev/null
	until_true 20 knows_width || fail 'the client does not learn how wide the tunnel is'
	until_equal 20 1 dest_field 3 1 --stats
	ipvs -Z
}

knows_width() {
	ip -n client route get "$(bare $VIP)" | grep -q ' mtu 1460 '
}

# by METHOD NUMBER PORT COUNTED: what of packets and octets the director sees.
by() {
	ipvs -C
	ipvs -R <<-END || fail 'configuration'
		-A -u $VIP:53 -s rr
		-a -u $VIP:53 -r $(real_address "$2"):$3 $1
	END
	[ "$FAMILY$1" != 6-i ] || learn_width
	client timeout 60 bash -c "exec 3<>/dev/udp/$(bare "$VIP")/53 &&
		dd if=$TMPDIR/question bs=65536 >&3 && dd bs=65536 count=1 of=$TMPDIR/answer <&3" 2>/dev/null
	check "$1: the answer is the question" cmp "$TMPDIR/question" "$TMPDIR/answer"
	rm "$TMPDIR/answer"
	until_equal 20 1 dest_field "$2" 1 --stats
	until_equal 20 "$4" counted "$2"
}
by -m 1 5353 "1 1 $octets $octets"
by -g 2 53 "1 0 $octets 0"
by -i 3 53 "1 0 $octets 0"

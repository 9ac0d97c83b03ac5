#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Associations of the kernel's SCTP: large transfers in both directions and messages of
# many sizes are whole by NAT with another port, by direct routing and by tunnel,
# whichever device makes checksums and cuts packets; the director follows them from the
# beginning to the end.
. "$(dirname "$0")/lib.sh"

modprobe sctp || fail 'no SCTP in this kernel'
topology 3
replies_from_tunnel
replies_back 1
head -c 200000 /dev/urandom >"$TMPDIR/file"
sum=$(sha256sum <"$TMPDIR/file")
# Bound, so that no other address is offered to the client.
for number in 1 2 3; do
	address=$VIP
	[ $number != 1 ] || address=$(real_address 1)
	background real$number socat -u "SCTP$FAMILY-LISTEN:600$number,bind=$address,reuseaddr,fork" \
		"SYSTEM:sha256sum >$TMPDIR/sum$number"
	background real$number socat -U "SCTP$FAMILY-LISTEN:800$number,bind=$address,reuseaddr,fork" \
		"OPEN:$TMPDIR/file,rdonly"
done
for number in 1 2 3; do
	wait_listen real$number sctp 600$number
	wait_listen real$number sctp 800$number
done
while read -r port number real method; do
	echo "-A --sctp-service $VIP:$port -s rr"
	echo "-a --sctp-service $VIP:$port -r $(real_address "$number"):$real $method"
done >"$TMPDIR/rules" <<END
5001 1 6001 -m
5701 1 7001 -m
5801 1 8001 -m
6002 2 6002 -g
7002 2 7002 -g
8002 2 8002 -g
6003 3 6003 -i
7003 3 7003 -i
8003 3 8003 -i
END
ipvs -R <"$TMPDIR/rules" || fail 'configuration'
received_sum() {
	cat "$TMPDIR/sum$1"
}
# width PORT COLUMN: octets a packet of real1's on average, from the client (4), to it (5).
width() {
	ipvs -Ln --stats --exact | awk -v dest="$(real_address 1):$1" -v column="$2" \
		'$2 == dest && $column { print int($(column + 2) / $column) }'
}

super_packets() {
	[ "$(width 6001 4)" -gt 1500 ] && [ "$(width 8001 5)" -gt 1500 ]
}

# transfers DESCRIPTION
transfers() {
	local number=0 port
	ipvs -Z
	for port in 5001 6002 6003; do
		number=$((number + 1))
		: >"$TMPDIR/sum$number"
		client socat -u "OPEN:$TMPDIR/file" "SCTP$FAMILY:$VIP:$port" || fail "connect to $port"
		until_equal 60 "$sum" received_sum $number
	done
	note "ok: $1: all that was sent arrived"
	for port in 5801 8002 8003; do
		client timeout 60 socat -u "SCTP$FAMILY:$VIP:$port" - >"$TMPDIR/got" ||
			fail "$1: from $port: status $?"
		equal "$1: octets from $port" 200000 "$(wc -c <"$TMPDIR/got")"
		equal "$1: from $port" "$sum" "$(sha256sum <"$TMPDIR/got")"
	done
	until_true 20 super_packets || fail "$1: the director saw single segments"
}

closed() {
	connections 'SCTP.*CLOSED'
}
transfers 'all as it comes'
# From 1 to 32768 octets, in order and not.
for number in 1 2 3; do
	address=$VIP
	[ $number != 1 ] || address=$(real_address 1)
	on real$number sctp_test -H "$(bare "$address")" -P 700$number -l >"$TMPDIR/messages$number" 2>&1 &
	wait_listen real$number sctp 700$number
done
octets() {
	sed -n 's/.* Data \([0-9]*\) bytes.*/\1/p' "$TMPDIR/messages$1" | awk '{ n += $1 } END { print n + 0 }'
}
number=0
for port in 5701 7002 7003; do
	number=$((number + 1))
	client timeout 60 sctp_test -H "$(bare $CLIENT)" -P 0 -h "$(bare $VIP)" -p $port -s \
		-c 4 -o 2 -x 1 >"$TMPDIR/sent" 2>&1 || fail "messages to $port: $(cat "$TMPDIR/sent")"
	until_equal 60 113769 octets $number
done
until_equal 20 9 closed
offloads off director front director back
transfers 'none on the director'

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Large transfers by NAT with the devices' offloads on and off: the same bytes
# arrive, and with them the director passes whole super-packets, not segments. So it is
# with datagrams that a sender has the device cut out of longer ones, and with both
# beside the services: from a client to the server's own address and from the director.
. "$(dirname "$0")/lib.sh"

topology 1
serve_http 8080
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $(real_address 1):8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $(real_address 1):5353 -m
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r $(real_address 1):5354 -m
END
# Of a datagram longer than a segment the rest would be lost (UDP_SEGMENT, linux/udp.h).
segment=setsockopt=17:103:i1000
head -c 30000 /dev/urandom >"$TMPDIR/datagrams"
sum_of_datagrams=$(sha256sum <"$TMPDIR/datagrams")
background real1 socat -u -b 1000 "UDP$FAMILY-RECV:5353" "OPEN:$TMPDIR/arrived,creat,append"
background real1 socat -b 6000 -t 60 "UDP$FAMILY-RECVFROM:5354,fork,$segment" \
	"SYSTEM:read -r _; cat $TMPDIR/datagrams"
wait_listen real1 udp 5353
wait_listen real1 udp 5354
head -c 6000000 /dev/urandom >"$TMPDIR/www/file"
sum=$(sha256sum <"$TMPDIR/www/file")
head -c 500000 "$TMPDIR/www/file" >"$TMPDIR/www/small"
sum_of_small=$(sha256sum <"$TMPDIR/www/small")
ip -n client route add "$(bare "$(real_address 1)")" via "$(bare "$(host 1 1)")"

# sent DEVICE: packets, by the director.
sent() {
	director awk -v device="$1:" '$1 == device { print $11 }' /proc/net/dev
}

# bystanders DESCRIPTION MOST NAMESPACE...: from there; packets that the director sends.
bystanders() {
	local arrived=$TMPDIR/arrived before space
	before=$(($(sent front) + $(sent back)))
	for space in "${@:3}"; do
		: >"$arrived"
		on "$space" socat -u -b 6000 "OPEN:$TMPDIR/datagrams" \
			"UDP$FAMILY:$(real_address 1):5353,$segment" || fail "$1, $space: datagrams"
		until_equal 20 30000 stat -c %s "$arrived"
		equal "$1, $space: datagrams" "$sum_of_datagrams" "$(sha256sum <"$arrived")"
		equal "$1, $space" "$sum_of_small" \
			"$(on "$space" curl -s --max-time 60 "http://$(real_address 1):8080/small" | sha256sum)"
	done
	note "packets: $(($(sent front) + $(sent back) - before))"
	[ $(($(sent front) + $(sent back) - before)) -le "$2" ] || fail "$1: single segments"
}

# transfer DESCRIPTION: the size of a packet of the reply on average.
transfer() {
	ipvs -Z
	equal "$1" "$sum" "$(client curl -s --max-time 100 "http://$VIP/file" | sha256sum)"
	counted() { [ "$(dest_field 1 5 --stats)" -ge 6000000 ]; }
	until_true 20 counted || fail 'replies are not counted'
	size=$(($(dest_field 1 5 --stats) / $(dest_field 1 3 --stats)))
	note "bytes a packet: $size"
}

# packets PORT COLUMN
packets() {
	ipvs -Ln --stats --exact | awk -v dest="$(real_address 1):$1" -v column="$2" \
		'$2 == dest { print $column }'
}

answered() {
	[ "$(packets 5354 5)" -gt 0 ]
}

# datagrams DESCRIPTION: both ways, from senders whose devices cut.
datagrams() {
	local arrived=$TMPDIR/arrived
	: >"$arrived"
	ipvs -Z
	client socat -u -b 6000 "OPEN:$TMPDIR/datagrams" "UDP$FAMILY:$VIP:53,$segment" ||
		fail "$1: datagrams"
	until_equal 20 30000 stat -c %s "$arrived"
	equal "$1: datagrams to the server" "$sum_of_datagrams" "$(sha256sum <"$arrived")"
	until_equal 20 5 packets 5353 4
	equal "$1: datagrams to the client" "$sum_of_datagrams" \
		"$(client sh -c "echo go | socat -b 1000 -t 60 - UDP$FAMILY:$VIP:54,readbytes=30000" | sha256sum)"
	until_true 20 answered || fail "$1: answers are not counted"
	[ "$(packets 5354 5)" -lt 30 ] || fail "$1: single segments: $(packets 5354 5)"
}

transfer 'all as it comes'
[ $size -gt 3000 ] || fail 'the director saw single segments'
datagrams 'all as it comes'
bystanders 'all as it comes' 300 client director
offloads off director front director back
transfer 'none on the director'
datagrams 'none on the director'
# Its own datagrams the kernel then does not take whole.
bystanders 'none on the director' 10000 client
offloads off real1 back client front
transfer 'none at all'
[ $size -le 1500 ] || fail 'the director saw super-packets'
offloads on director front director back
transfer 'on the director alone'

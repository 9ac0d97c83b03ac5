# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Words for the tests of the take-over: one download, slow enough to last, and
# the addresses that move: $VIP, and $GATEWAY, the way back of answers by NAT.
. "$(dirname "${BASH_SOURCE[0]}")/lib_sync.sh"

GATEWAY=10.0.2.3
size=3000000

# stage METHOD: the topology and the service on both, addresses on the director.
stage() {
	local number
	topology 2 backup
	serve_http 80
	if [ "$1" = -m ]; then
		for number in 1 2; do
			ip -n "real$number" route replace default via $GATEWAY
		done
	else
		replies_direct
	fi
	ip -n director address add $GATEWAY/32 dev back
	service -t $VIP:80 -s rr -- "$1" 80
	head -c $size /dev/urandom >"$TMPDIR/www/file"
	# What the client's kernel holds would hide the stall.
	client sysctl -qw net.ipv4.tcp_rmem='4096 16384 16384'
}

# The download: its process is $download, its port $port.
start_download() {
	"$enter" client curl -sS --limit-rate 300k --speed-time 30 -o "$TMPDIR/got" \
		-w '%{num_connects} %{local_port}\n' "http://$VIP/file" >"$TMPDIR/curl" &
	download=$!
	until_true 20 has_got 300000 || fail 'no download'
	port=$(download_port)
}

download_port() {
	client ss -Htn state established dst $VIP | awk '{ sub(/.*:/, "", $3); print $3 }'
}

got() {
	[ -e "$TMPDIR/got" ] && wc -c <"$TMPDIR/got" || echo 0
}

has_got() {
	[ "$(got)" -ge "$1" ]
}

# cut_off PLACE: what has arrived by then is $got_then.
cut_off() {
	check "$1 is cut off" ip -n switch link set "front-$1" down
	ip -n switch link set "back-$1" down
	got_then=$(got)
}

# move FROM TO: FROM is cut off, TO gets the addresses, the others learn of it.
move() {
	local number place address
	cut_off "$1"
	for address in "$VIP/32 dev front" "$GATEWAY/32 dev back"; do
		# shellcheck disable=SC2086
		ip -n "$1" address del $address
		# shellcheck disable=SC2086
		check "$2 takes $address" ip -n "$2" address add $address
	done
	for place in switch client; do
		ip -n $place neigh flush all
	done
	for number in $(seq "$REALS"); do
		ip -n "real$number" neigh flush all
	done
}

bring_back() {
	check "$1 is back" ip -n switch link set "front-$1" up
	ip -n switch link set "back-$1" up
}

# At least this much more must come than had come by then.
goes_on() {
	until_true 30 has_got $((got_then + $1)) || fail "the download stands still at $(got)"
	note "ok: it goes on, at $(got)"
}

arrives() {
	wait "$download"
	equal 'exit status of curl' 0 $?
	equal 'by one connection, of the same port' "1 $port" "$(cat "$TMPDIR/curl")"
	equal 'the file' "$(sha256sum <"$TMPDIR/www/file")" "$(sha256sum <"$TMPDIR/got")"
}

# takeover METHOD
takeover() {
	stage "$1"
	start_daemons --syncid 0
	start_download
	knows backup 1 "TCP ESTABLISHED $CLIENT:$port "
	move director backup
	goes_on 300000
	arrives
}

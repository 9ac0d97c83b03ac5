#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Tunnels out by a VLAN device, whose frames need more room in front and whose
# offloads are others: a large transfer is whole by each kind of tunnel, of IPv4 and of
# IPv6, with the offloads of the director's devices and without; so are datagrams that
# are still to be cut out of a longer one.
. "$(dirname "$0")/lib_tun.sh"

topology 1
replies_direct
topology_six
real_address_in() {
	if [ "$1" = 6 ]; then echo fd00:5::11; else echo 10.0.5.11; fi
}
decapsulate
background real1 socat TCP6-LISTEN:81,ipv6only=0,reuseaddr,fork EXEC:sha256sum
# Of a datagram longer than a segment the rest would be lost (UDP_SEGMENT, linux/udp.h).
background real1 socat -u -b 1000 UDP6-RECV:82,ipv6only=0 "OPEN:$TMPDIR/arrived,creat,append"
wait_listen real1 tcp 81
wait_listen real1 udp 82
for number in 1:director 11:real1; do
	ip_lines "${number#*:}" <<-END
		link add link back name lane type vlan id 5
		link set lane up
		address add 10.0.5.${number%:*}/24 dev lane
		address add fd00:5::${number%:*}/64 dev lane nodad
	END
done
ip -n real1 link add gre5 type gre local 10.0.5.11
ip -n real1 link set gre5 up
for family in 4 6; do
	for kind in ipip "gue --tun-port $GUE_PORT" "gue --tun-port $GUE_PORT --tun-csum" \
		"gue --tun-port $GUE_PORT --tun-remcsum" gre; do
		ways+=("$family $family 1 $kind")
	done
done
virtual_addresses
way_rules '-t 81' '-u 82'
head -c 100000 /dev/urandom >"$TMPDIR/file"
sum=$(sha256sum <"$TMPDIR/file")
head -c 5000 "$TMPDIR/file" >"$TMPDIR/datagrams"
# The kernel cuts datagrams wrong whose checksums are to be made at the other end, for every
# tunnel.
for number in "${!ways[@]}"; do
	[[ ${ways[number]} = *remcsum* ]] && continue
	bracket "$(virtual "${ways[number]%% *}" "$number")"
	cat "$TMPDIR/datagrams" >>"$TMPDIR/expected"
done >"$TMPDIR/cut"
sum_of_datagrams=$(sha256sum <"$TMPDIR/expected")

upload_all() {
	way_uploads "$TMPDIR/file"
	for number in "${!ways[@]}"; do
		equal "$1, ${ways[number]}" "$sum" "${sums[number]-}"
	done
	: >"$TMPDIR/arrived"
	# shellcheck disable=SC2016
	client bash -c 'while read -r address; do
		socat -u -b 5000 "OPEN:$0" "UDP:$address:82,setsockopt=17:103:i1000"
	done' "$TMPDIR/datagrams" <"$TMPDIR/cut" || fail "$1: datagrams"
	until_equal 20 "$(stat -c %s "$TMPDIR/expected")" stat -c %s "$TMPDIR/arrived"
	equal "$1, datagrams" "$sum_of_datagrams" "$(sha256sum <"$TMPDIR/arrived")"
}

upload_all 'all as it comes'
for device in front back lane; do
	director ethtool -K $device tx off tso off gso off gro off >/dev/null
done
upload_all 'without offloads'

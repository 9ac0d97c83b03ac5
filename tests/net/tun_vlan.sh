#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Tunnels out by a VLAN device, whose frames need more room in front and whose
# offloads are others: a large transfer is whole by each kind of tunnel, with the
# offloads of the director's devices and without.
. "$(dirname "$0")/lib_tun.sh"

topology 1
replies_direct
topology_six
decapsulate
background real1 socat TCP4-LISTEN:81,reuseaddr,fork EXEC:sha256sum
wait_listen real1 tcp 81
for number in 1:director 11:real1; do
	ip_lines "${number#*:}" <<-END
		link add link back name lane type vlan id 5
		link set lane up
		address add 10.0.5.${number%:*}/24 dev lane
		route add local 10.0.3.0/24 dev lo
	END
done
ip -n real1 link add gre5 type gre local 10.0.5.11
ip -n real1 link set gre5 up
ip -n client route add 10.0.3.0/24 via 10.0.1.1
ways=(ipip "gue --tun-port $GUE_PORT" "gue --tun-port $GUE_PORT --tun-csum"
	"gue --tun-port $GUE_PORT --tun-remcsum" gre)
for number in "${!ways[@]}"; do
	echo "-A -t 10.0.3.$number:81 -s rr"
	echo "-a -t 10.0.3.$number:81 -r 10.0.5.11:81 -i --tun-type ${ways[number]}"
done >"$TMPDIR/rules"
ipvs -R <"$TMPDIR/rules" || fail 'configuration'
head -c 100000 /dev/urandom >"$TMPDIR/file"
sum=$(sha256sum <"$TMPDIR/file")

upload_all() {
	# shellcheck disable=SC2016
	client bash -c 'for number in 0 1 2 3 4; do
		socat -t 60 -T 60 - "TCP:10.0.3.$number:81" <"$0"
	done' "$TMPDIR/file" >"$TMPDIR/sums"
	for number in "${!ways[@]}"; do
		equal "$1, ${ways[number]}" "$sum" "$(sed -n "$((number + 1))p" "$TMPDIR/sums")"
	done
}

upload_all 'all as it comes'
for device in front back lane; do
	director ethtool -K $device tx off tso off gso off gro off >/dev/null
done
upload_all 'without offloads'

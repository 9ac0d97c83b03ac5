#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Large transfers by NAT with the devices' offloads on and off: the same bytes
# arrive, and with them the director passes whole super-packets, not segments.
. "$(dirname "$0")/lib.sh"

topology 1
serve_http 8080
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $(real_address 1):8080 -m
END
head -c 6000000 /dev/urandom >"$TMPDIR/www/file"
sum=$(sha256sum <"$TMPDIR/www/file")

# transfer DESCRIPTION: the size of a packet of the reply on average.
transfer() {
	ipvs -Z
	equal "$1" "$sum" "$(client curl -s --max-time 100 "http://$VIP/file" | sha256sum)"
	counted() { [ "$(dest_field 1 5 --stats)" -ge 6000000 ]; }
	until_true 20 counted || fail 'replies are not counted'
	size=$(($(dest_field 1 5 --stats) / $(dest_field 1 3 --stats)))
	note "bytes a packet: $size"
}

# offloads on|off NAMESPACE INTERFACE...
offloads() {
	local state=$1
	shift
	while [ $# -gt 0 ]; do
		on "$1" ethtool -K "$2" tx "$state" tso "$state" gso "$state" gro "$state" \
			>/dev/null || fail "ethtool $1 $2"
		shift 2
	done
}

transfer 'all as it comes'
[ $size -gt 3000 ] || fail 'the director saw single segments'
offloads off director front director back
transfer 'none on the director'
offloads off real1 back client front
transfer 'none at all'
[ $size -le 1500 ] || fail 'the director saw super-packets'
offloads on director front director back
transfer 'on the director alone'

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every kind of tunnel carries packets of both families in packets of both, to
# real servers that unpack them by the kernel's own devices: what a client sends
# by TCP arrives whole, though its first packets are too big for the tunnel, of which
# it is told the width; a question over UDP is answered, and SCTP, whose checksum is
# another, goes as well. Somebody listens to all that passes, so that no packet is the
# director's alone.
# timeout: 600
. "$(dirname "$0")/lib_tun.sh"

modprobe sctp || fail 'no SCTP in this kernel'
topology 2
replies_direct
topology_six
decapsulate
ways=()
for outer in 4 6; do
	for inner in 4 6; do
		for kind in '1 ipip' "1 gue --tun-port $GUE_PORT" "1 gue --tun-port $GUE_PORT --tun-csum" \
			"1 gue --tun-port $GUE_PORT --tun-remcsum" '1 gre' '2 gre --tun-csum'; do
			ways+=("$inner $outer $kind")
		done
	done
done
virtual_addresses
way_rules '-t 81' '-u 53' '--sctp-service 82'

serve_dns
for number in 1 2; do
	background "real$number" socat TCP6-LISTEN:81,ipv6only=0,reuseaddr,fork EXEC:sha256sum
done
for number in 1 2; do
	wait_listen "real$number" tcp 81
done
background director tcpdump -q -i any -w /dev/null
head -c 80000 /dev/urandom >"$TMPDIR/file"
sum=$(sha256sum <"$TMPDIR/file")

way_uploads "$TMPDIR/file"
way_widths
for number in "${!ways[@]}"; do
	read -r inner outer real kind <<<"${ways[number]}"
	what="IPv$inner in IPv$outer, $kind"
	equal "$what" "$sum" "${sums[number]}"
	equal "$what: width" "$(way_room 1500 "$outer" "$kind")" "${widths[number]}"
	case $kind in
	ipip | *--tun-csum)
		equal "$what: UDP" "real$real" "$(ask_dns "@$(virtual "$inner" "$number")")"
		;;
	esac
done

# SCTP by some of them, with its checksum made before that of the tunnel. Bound, so that
# no other address is offered to the client.
director ethtool -K back tx off >/dev/null || fail 'ethtool'
for number in 2 9 12 16 23; do
	read -r inner outer real kind <<<"${ways[number]}"
	vip=$(virtual "$inner" "$number")
	background "real$real" socat -u "SCTP$inner-LISTEN:82,bind=$(bracket "$vip")" \
		"SYSTEM:sha256sum >$TMPDIR/sctp$number"
	wait_listen "real$real" sctp "82 and src $(bracket "$vip")"
	client socat -u "OPEN:$TMPDIR/file" "SCTP$inner:$(bracket "$vip"):82" || fail "SCTP to $vip"
	until_equal 60 "$sum" cat "$TMPDIR/sctp$number"
	note "ok: IPv$inner in IPv$outer, $kind: SCTP"
done

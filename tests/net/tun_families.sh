#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every kind of tunnel carries packets of both families in packets of both, to
# real servers that unpack them by the kernel's own devices: what a client sends
# by TCP arrives whole, though its first packets are too big for the tunnel, and
# a question over UDP is answered. Somebody listens to all that passes, so that no
# packet is the director's alone.
# timeout: 600
. "$(dirname "$0")/lib_tun.sh"

topology 2
replies_direct
topology_six
decapsulate

# A virtual address of its own for each way: 10.0.3.N, fd00:3::N.
ways=()
for outer in 4 6; do
	for inner in 4 6; do
		for kind in '1 ipip' "1 gue --tun-port $GUE_PORT" "1 gue --tun-port $GUE_PORT --tun-csum" \
			"1 gue --tun-port $GUE_PORT --tun-remcsum" '1 gre' '2 gre --tun-csum'; do
			ways+=("$inner $outer $kind")
		done
	done
done

virtual() {
	if [ "$1" = 4 ]; then echo "10.0.3.$2"; else echo "fd00:3::$2"; fi
}

bracket() {
	if [[ $1 = *:* ]]; then echo "[$1]"; else echo "$1"; fi
}

ip_lines director <<END
route add local 10.0.3.0/24 dev lo
route add local fd00:3::/64 dev lo
END
for number in "${!ways[@]}"; do
	case ${ways[number]} in
	4*) echo "address add $(virtual 4 "$number")/32 dev lo" ;;
	6*) echo "address add $(virtual 6 "$number")/128 dev lo nodad" ;;
	esac
done >"$TMPDIR/addresses"
ip_lines real1 <"$TMPDIR/addresses"
ip_lines real2 <"$TMPDIR/addresses"
ip_lines client <<END
route add 10.0.3.0/24 via 10.0.1.1
route add fd00:3::/64 via fd00:1::1
END
for number in "${!ways[@]}"; do
	read -r inner outer real kind <<<"${ways[number]}"
	vip=$(bracket "$(virtual "$inner" "$number")")
	real=$(bracket "$(real_address_in "$outer" "$real")")
	for service in '-t 81' '-u 53'; do
		service=${service/ / $vip:}
		echo "-A $service -s rr"
		echo "-a $service -r $real:${service##*:} -i --tun-type $kind"
	done
done >"$TMPDIR/rules"
ipvs -R <"$TMPDIR/rules" || fail 'configuration'

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

# By each way a file, one after the other.
for number in "${!ways[@]}"; do
	bracket "$(virtual "${ways[number]%% *}" "$number")"
done >"$TMPDIR/addresses"
# shellcheck disable=SC2016
client bash -c 'while read -r address; do
	socat -t 60 -T 60 - "TCP:$address:81" <"$0"
done' "$TMPDIR/file" <"$TMPDIR/addresses" >"$TMPDIR/sums"
for number in "${!ways[@]}"; do
	read -r inner outer real kind <<<"${ways[number]}"
	what="IPv$inner in IPv$outer, $kind"
	equal "$what" "$sum" "$(sed -n "$((number + 1))p" "$TMPDIR/sums")"
	case $kind in
	ipip | *--tun-csum)
		equal "$what: UDP" "10.1.1.$real" "$(client dig +short +tries=1 +time=60 \
			"@$(virtual "$inner" "$number")" who.test A)"
		;;
	esac
done

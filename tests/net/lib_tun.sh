# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The picture of lib.sh with IPv6 beside IPv4, and real servers that take packets
# out of every kind of tunnel by the kernel's own devices. Host numbers are those
# of IPv4: the client is fd00:1::10, the virtual address fd00:1::100, the director
# fd00:2::1 behind, real servers fd00:2::11 and so on.
. "$(dirname "${BASH_SOURCE[0]}")/lib_dns.sh"

VIP6=fd00:1::100
GUE_PORT=6080

# The N-th real server in the family 4 or 6.
real_address_in() {
	if [ "$1" = 6 ]; then
		echo "fd00:2::$((10 + $2))"
	else
		real_address "$2"
	fi
}

# six_lines INTERFACE ADDRESS [LINE...]: no detection of duplicates, it takes time.
six_lines() {
	echo "address add $2 dev $1 nodad"
	[ $# -le 2 ] || printf '%s\n' "${@:3}"
}

# After topology: IPv6 addresses and routes; real servers answer directly.
topology_six() {
	local number
	on switch sysctl -qw net.ipv6.conf.all.forwarding=1
	on director sysctl -qw net.ipv6.conf.all.forwarding=1
	ip_lines switch < <(six_lines front fd00:1::254/64
		six_lines back fd00:2::254/64)
	ip_lines client < <(six_lines front fd00:1::10/64 'route add default via fd00:1::254')
	ip_lines director < <(six_lines front fd00:1::1/64 "address add $VIP6/128 dev front nodad"
		six_lines back fd00:2::1/64)
	for number in $(seq "$REALS"); do
		ip_lines "real$number" < <(six_lines back "$(real_address_in 6 "$number")/64" \
			"address add $VIP6/128 dev lo nodad" 'route add default via fd00:2::254')
	done
}

# Both kinds of GRE do not go by one device: real servers of an even number take
# the one with a checksum.
decapsulate() {
	local number four six check fallback
	modprobe -a fou fou6 || fail 'no GUE in this kernel'
	for number in $(seq "$REALS"); do
		four=$(real_address "$number")
		six=$(real_address_in 6 "$number")
		check=$([ $((number % 2)) = 1 ] || echo icsum)
		for fallback in 'tunl0 type ipip' 'sit0 type sit' 'ip6tnl0 type ip6tnl'; do
			# shellcheck disable=SC2086
			ip -n "real$number" link add $fallback 2>/dev/null
		done
		ip_lines "real$number" <<-END
			link set tunl0 up
			link set sit0 up
			link add any6 type ip6tnl mode any local $six
			link set any6 up
			link add gre4 type gre local $four $check
			link set gre4 up
			link add gre6 type ip6gre local $six $check
			link set gre6 up
		END
		on "real$number" ip fou add port $GUE_PORT gue || fail 'GUE'
		on "real$number" ip -6 fou add port $GUE_PORT gue || fail 'GUE over IPv6'
	done
}

bracket() {
	if [[ $1 = *:* ]]; then echo "[$1]"; else echo "$1"; fi
}

ways=() sums=() widths=()

# A virtual address of its own for each of the array "ways", 10.0.3.N or fd00:3::N: the
# families of the packet and of the outer header, the number of the real server, the
# type of tunnel with its options.
virtual() {
	if [ "$1" = 4 ]; then echo "10.0.3.$2"; else echo "fd00:3::$2"; fi
}

virtual_addresses() {
	local number
	ip_lines director <<-END
		route add local 10.0.3.0/24 dev lo
		route add local fd00:3::/64 dev lo
	END
	{
		echo 'route add local 10.0.3.0/24 dev lo'
		for number in "${!ways[@]}"; do
			echo "address add fd00:3::$number/128 dev lo nodad"
		done
	} >"$TMPDIR/addresses"
	for number in $(seq "$REALS"); do
		ip_lines "real$number" <"$TMPDIR/addresses"
	done
	ip_lines client <<-END
		route add 10.0.3.0/24 via 10.0.1.1
		route add fd00:3::/64 via fd00:1::1
	END
}

# way_rules SERVICE...: such as '-t 81', by every way.
way_rules() {
	local number inner outer real kind vip service
	for number in "${!ways[@]}"; do
		read -r inner outer real kind <<<"${ways[number]}"
		vip=$(bracket "$(virtual "$inner" "$number")")
		real=$(bracket "$(real_address_in "$outer" "$real")")
		for service; do
			service=${service/ / $vip:}
			echo "-A $service -s rr"
			echo "-a $service -r $real:${service##*:} -i --tun-type $kind"
		done
	done >"$TMPDIR/rules"
	ipvs -R <"$TMPDIR/rules" || fail 'configuration'
}

# way_uploads FILE: sent to port 81 by every way, one after the other, into "sums".
way_uploads() {
	local number
	for number in "${!ways[@]}"; do
		bracket "$(virtual "${ways[number]%% *}" "$number")"
	done >"$TMPDIR/addresses"
	# shellcheck disable=SC2016
	client bash -c 'while read -r address; do
		socat -t 60 -T 60 - "TCP:$address:81" <"$0"
	done' "$1" <"$TMPDIR/addresses" >"$TMPDIR/sums"
	mapfile -t sums <"$TMPDIR/sums"
}

# way_widths: of the routes to the virtual addresses, as the client has learnt them,
# into "widths".
way_widths() {
	local number
	for number in "${!ways[@]}"; do
		echo "route get $(virtual "${ways[number]%% *}" "$number")"
	done >"$TMPDIR/addresses"
	mapfile -t widths < <(ip -n client -o -batch "$TMPDIR/addresses" |
		sed 's/.* mtu \([0-9]*\).*/\1/; t; s/.*/unknown/')
}

# way_room WIDTH OUTER KIND: of a packet that wide, for the one inside.
way_room() {
	local shim=0
	case $3 in
	gue*--tun-remcsum) shim=20 ;;
	gue*) shim=12 ;;
	gre*--tun-csum) shim=8 ;;
	gre*) shim=4 ;;
	esac
	echo $(($1 - ($2 == 4 ? 20 : 40) - shim))
}

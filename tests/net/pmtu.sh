#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Routers on the way are narrower than the ends, and only they know. What one between
# director and server says of a client's packets, as they were sent on by NAT or in a
# tunnel, reaches the client with the width that fits; what one between client and
# director says of a server's reaches the server, also one that answers past the
# director. Streams are whole both ways, a socket that sends datagrams is told.
# timeout: 600
. "$(dirname "$0")/lib_tun.sh"

sysctl -qw net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.default.send_redirects=0
topology 2
topology_six
decapsulate
serve_http 80
background real2 socat TCP6-LISTEN:81,ipv6only=0,reuseaddr,fork EXEC:sha256sum
wait_listen real2 tcp 81
# real1 is the router before real2. The one before the client is the switch.
on real1 sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
ip_lines director <<END
route add 10.0.2.12/32 via 10.0.2.11
route add fd00:2::12/128 via fd00:2::11
route add 10.0.1.10/32 via 10.0.1.254
route add fd00:1::10/128 via fd00:1::254
END
ip_lines real1 <<END
route add 10.0.2.12/32 dev back mtu 1400
route add fd00:2::12/128 dev back mtu 1400
END
ip_lines switch <<END
route add 10.0.1.10/32 dev front mtu 1350
route add fd00:1::10/128 dev front mtu 1350
route add 10.0.3.0/24 via 10.0.1.1
route add fd00:3::/64 via fd00:1::1
END
# Answers to the client pass the director by NAT alone.
for number in 1 2; do
	ip_lines real$number <<-END
		address del $VIP6/128 dev lo
		route replace default via fd00:2::1
		route add default via 10.0.2.254 table 5
		route add default via fd00:2::254 table 5
		rule add from 10.0.3.0/24 table 5
	END
	ip -n real$number -6 rule add from fd00:3::/64 table 5
done
# In tree does not hear what routers say of tunnels over IPv6.
outers='4 6' unheard=(10.0.3.97) answering=(6 9)
[ -z "${IN_TREE-}" ] || outers=4 unheard=() answering=(0 3)
for outer in $outers; do
	for inner in 4 6; do
		for kind in ipip "gue --tun-port $GUE_PORT --tun-csum" 'gre --tun-csum'; do
			ways+=("$inner $outer 2 $kind")
		done
	done
done
virtual_addresses
ip -n real1 address add fd00:3::99/128 dev lo nodad
way_rules '-t 81' '-t 80'
# server VIRTUAL REAL METHOD: of all ports.
server() {
	local service
	for service in "-t $1:80" "-t $1:81" "-u $1:53"; do
		echo "-A $service -s rr"
		echo "-a $service -r $2:${service##*:} $3"
	done
}
{
	server $VIP 10.0.2.12 -m
	server "[$VIP6]" '[fd00:2::12]' -m
	server 10.0.3.99 10.0.2.11 -g
	server '[fd00:3::99]' '[fd00:2::11]' -g
	server '[fd00:3::98]' '[fd00:2::12]' -m
	server 10.0.3.97 '[fd00:2::12]' '-i --tun-type gre --tun-csum'
} >"$TMPDIR/rules"
ipvs -R <"$TMPDIR/rules" || fail 'configuration'
head -c 100000 /dev/urandom >"$TMPDIR/www/file"
sum=$(sha256sum <"$TMPDIR/www/file")

# width NAMESPACE TO [FROM]: of the route, if somebody has told it.
width() {
	on "$1" ip route get "$2" ${3+from "$3"} | sed -n 's/.* mtu \([0-9]*\).*/\1/p'
}

# From the client: by NAT, by tunnels.
for virtual in "$VIP" "$VIP6"; do
	equal "to $virtual" "$sum" "$(client socat -t 60 -T 60 - "TCP:$(bracket "$virtual"):81" <"$TMPDIR/www/file")"
	equal 'width' 1400 "$(width client "$virtual")"
done
way_uploads "$TMPDIR/www/file"
way_widths
for number in "${!ways[@]}"; do
	read -r inner outer _ kind <<<"${ways[number]}"
	equal "IPv$inner in IPv$outer, $kind" "$sum" "${sums[number]}"
	equal 'width' "$(way_room 1400 "$outer" "$kind")" "${widths[number]}"
done

# A socket that sends datagrams is told, and what it sends from then on arrives, in pieces.
datagrams() {
	client timeout 60 bash -c "exec 3<>/dev/udp/$1/53
		while printf %1430s >&3; do sleep .05; done
		printf '%-1430s' question >&3 && head -c 8 <&3" 2>"$TMPDIR/error"
	grep -q 'Message too long' "$TMPDIR/error" || fail "$1: nobody told: $(cat "$TMPDIR/error")"
}
# Bound, so that the answer is the virtual address's.
for address in '6:[fd00:2::12]' 4:10.0.3.97; do
	background real2 socat -b 65536 -t 60 "UDP${address%%:*}-RECVFROM:53,bind=${address#*:},fork" 'SYSTEM:head -c 8'
	wait_listen real2 udp "53 and src ${address#*:}"
done
for virtual in fd00:3::98 "${unheard[@]}"; do
	equal "datagrams to $virtual" question "$(datagrams "$virtual")"
done

# To the client: by NAT, direct routing, a tunnel.
download() {
	equal "from $1" "$sum" "$(client curl -s --max-time 100 "http://$(bracket "$1")/file" | sha256sum)"
	equal 'width' 1350 "$(width "$2" "$3" ${4+"$4"})"
}
download $VIP real2 $CLIENT
download "$VIP6" real2 fd00:1::10
download 10.0.3.99 real1 $CLIENT 10.0.3.99
download fd00:3::99 real1 fd00:1::10 fd00:3::99
download "10.0.3.${answering[0]}" real2 $CLIENT "10.0.3.${answering[0]}"
download "fd00:3::${answering[1]}" real2 fd00:1::10 "fd00:3::${answering[1]}"

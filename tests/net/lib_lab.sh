# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A smaller picture for tests that make each packet by hand and look at each
# byte of what comes out: no program but the director's kernel takes part.
#
#   client 10.0.1.10 -- (front) director 10.0.1.1, 10.0.2.1 (back) -- server
#
# Clients are 10.9.0.0/16, all behind 10.0.1.10; servers are 10.0.2.11 to .19 and
# 10.8.0.0/16, all on "server", which has none of these addresses and so keeps
# silent. With FAMILY=6 fd09::/16 and fd08::/16 stand for these networks. The language
# is that of tests/net/wire/script.h.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Protocols by their names there, and what a router says of a width.
case $FAMILY in
4) icmp=icmp ipip=ipip octets=20 too_big='type=3 code=4' no_port='type=3 code=3' ;;
6) icmp=icmp6 ipip=ip6 octets=40 too_big='type=2 code=0' no_port='type=1 code=4' ;;
esac

# away NET NUMBER: in the network of the clients, 9, or of the servers behind, 8.
away() {
	case $FAMILY in
	4) echo "10.$1.0.$2" ;;
	6) echo "[fd0$1::$2]" ;;
	esac
}

lab() {
	local number clients=10.9.0.0/16 servers=10.8.0.0/16
	[ "$FAMILY" = 4 ] || clients=fd09::/16 servers=fd08::/16
	ip -batch - <<-END || fail 'lab'
		netns add client
		netns add director
		netns add server
		link add front netns client type veth peer name front netns director
		link add back netns server type veth peer name back netns director
	END
	ip -n client -batch - <<-END || fail 'lab: client'
		link set front address 02:00:00:00:01:0a up
		address add $(network 1 10) dev front
	END
	ip -n server -batch - <<-END || fail 'lab: server'
		link set back address 02:00:00:00:02:0b up
		address add $(network 2 254) dev back
	END
	{
		cat <<-END
			link set lo up
			link set front address 02:00:00:00:01:01 up
			link set back address 02:00:00:00:02:01 up
			address add $(network 1 1) dev front
			address add $(alone 1 100) dev front
			address add $(network 2 1) dev back
			neighbour add $(bare "$CLIENT") lladdr 02:00:00:00:01:0a dev front
			route add $clients via $(bare "$CLIENT")
			route add $servers via $(bare "$(host 2 254)")
		END
		for number in {11..19} 254; do
			echo "neighbour add $(bare "$(host 2 "$number")") lladdr 02:00:00:00:02:0b dev back"
		done
	} | ip -n director -batch - || fail 'lab: director'
}

# deliver_marked EXPRESSION...: what comes in at the front so, in words of nft, gets the mark
# 7 and is delivered to the director, whatever its address.
deliver_marked() {
	ip "-$FAMILY" -n director -batch - <<-END || fail 'rules'
		rule add fwmark 7 lookup 100
		route add local default dev lo table 100
	END
	{
		echo 'add table inet marks'
		echo 'add chain inet marks before { type filter hook prerouting priority mangle; }'
		printf 'add rule inet marks before iifname front %s meta mark set 7\n' "$@"
	} | director nft -f - || fail 'marks'
}

# wire <SCRIPT: ports "client" and "server" are open, the director forwards.
wire() {
	{
		cat <<-END
			open client client front director front
			open server server back director back
			sysctl director net/ipv4/ip_forward 1
			sysctl director net/ipv6/conf/all/forwarding 1
			sysctl director net/ipv4/conf/all/rp_filter 0
			sysctl director net/ipv4/conf/front/rp_filter 0
			sysctl director net/ipv4/conf/back/rp_filter 0
			sysctl director net/ipv4/conf/all/send_redirects 0
		END
		cat
	} | "$top/build/net/wire" || fail 'wire'
}

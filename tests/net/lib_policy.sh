# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The picture of lib_lab.sh, both families at once, with a second way to each end:
# "side" leads to the same servers, "door" to the same clients.
#
#   client -- (front) director (back) -- server
#          -- (door)           (side) --
#
# Servers are on the link, 10.0.2.11 and fd00:2::11, and behind their router,
# 10.8.0.11 and fd00:8::11. Table 100 has every way by "side".
. "$(dirname "${BASH_SOURCE[0]}")/lib_outer.sh"

policy_lab() {
	lab
	lab_six
	ip -batch - <<-END || fail 'policy_lab'
		link add side netns server type veth peer name side netns director
		link add door netns client type veth peer name door netns director
	END
	ip -n server link set side address 02:00:00:00:05:0b up
	ip -n client link set door address 02:00:00:00:04:0a up
	ip -n director -batch - <<-END || fail 'policy_lab: director'
		link set side address 02:00:00:00:05:01 up
		link set door address 02:00:00:00:04:01 up
		address add 10.0.5.1/24 dev side
		address add fd00:5::1/64 dev side nodad
		address add 10.0.4.1/24 dev door
		address add fd00:4::1/64 dev door nodad
		neighbour add 10.0.5.254 lladdr 02:00:00:00:05:0b dev side
		neighbour add fd00:5::254 lladdr 02:00:00:00:05:0b dev side
		neighbour add 10.0.2.11 lladdr 02:00:00:00:05:0b dev side
		neighbour add fd00:2::11 lladdr 02:00:00:00:05:0b dev side
		$(ways 100)
	END
	services
}

# ways TABLE: to the servers by "side".
ways() {
	cat <<-END
		route add 10.0.2.0/24 dev side table $1
		route add fd00:2::/64 dev side table $1
		route add 10.8.0.0/16 via 10.0.5.254 table $1
		route add fd00:8::/64 via fd00:5::254 table $1
	END
}

# To a server on the link by NAT, DR, TUN at ports 20 to 22; to one behind the
# router at 80 to 82.
services() {
	local net
	for net in 2 8; do
		cat <<-END
			-A -u $VIP:${net}0 -s rr
			-a -u $VIP:${net}0 -r $(server_in 4 $net):53 -m
			-A -u $VIP:${net}1 -s rr
			-a -u $VIP:${net}1 -r $(server_in 4 $net):53 -g
			-A -u $VIP:${net}2 -s rr
			-a -u $VIP:${net}2 -r $(server_in 4 $net):53 -i
			-A -u [$VIP6]:${net}0 -s rr
			-a -u [$VIP6]:${net}0 -r [$(server_in 6 $net)]:53 -m
			-A -u [$VIP6]:${net}1 -s rr
			-a -u [$VIP6]:${net}1 -r [$(server_in 6 $net)]:53 -g
			-A -u [$VIP6]:${net}2 -s rr
			-a -u [$VIP6]:${net}2 -r [$(server_in 6 $net)]:53 -i
		END
	done | ipvs -R || fail 'configuration'
}

# server_in FAMILY NET
server_in() {
	case $1$2 in
	42) echo 10.0.2.11 ;;
	48) echo 10.8.0.11 ;;
	*) echo "fd00:$2::11" ;;
	esac
}

# through DOOR CLIENT WAY OF-TUNNELS [FIELD...]: what the client of that number
# sends in at the door leaves by that way, by every method, in both families.
through() {
	local net
	for net in 2 8; do
		by_port "$net" "$(server_in 4 $net)" "$(server_in 4 $net)" "10.9.0.$2" "$VIP" ipip "$@"
		by_port "$net" "$(server_in 6 $net)" "[$(server_in 6 $net)]" "[fd00:9::$2]" "[$VIP6]" ip6 "$@"
	done
}

# by_port NET SERVER THE-SAME-BEFORE-A-PORT CLIENT VIRTUAL TUNNEL [as through]
by_port() {
	local net=$1 server=$2 at=$3 client=$4 vip=$5 tunnel=$6 door=$7 way=$9 other=${10}
	shift 10
	cat <<-END
		for 0 2 send $door udp $client:1000 > $vip:${net}% $*
		expect $way udp $client:1000 > $at:53
		expect $way udp $client:1000 > $vip:${net}1
		expect $other $tunnel * > $server / udp $client:1000 > $vip:${net}2
	END
}

# ways_wire <SCRIPT: "side" and "door" are open, too.
ways_wire() {
	{
		cat <<-END
			open side server side director side
			open door client door director door
			sysctl director net/ipv4/conf/door/rp_filter 0
			sysctl director net/ipv4/conf/side/rp_filter 0
		END
		cat
	} | wire
}

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Tunnels within a VRF, by all pairs of families: what a router of the VRF says of their
# width is the client's, and is kept for the next packet. (In tree tunnels take the ways
# of the main table.)
. "$(dirname "$0")/lib_outer.sh"

lab
lab_six
director sysctl -qw net.ipv6.conf.all.keep_addr_on_down=1
modprobe vrf || fail 'no VRF in this kernel'
ip -n director -batch - <<END || fail 'VRF'
link add red type vrf table 500
link set red up
link set front master red
link set back master red
neighbour replace 10.0.1.10 lladdr 02:00:00:00:01:0a dev front
neighbour replace 10.0.2.254 lladdr 02:00:00:00:02:0b dev back
neighbour replace fd00:1::10 lladdr 02:00:00:00:01:0a dev front
neighbour replace fd00:2::254 lladdr 02:00:00:00:02:0b dev back
route add 10.9.0.0/16 via 10.0.1.10 vrf red
route add 10.8.0.0/16 via 10.0.2.254 vrf red
route add fd00:9::/64 via fd00:1::10 vrf red
route add fd00:8::/64 via fd00:2::254 vrf red
END
ipvs -R <<END
-A -u $VIP:44 -s rr
-a -u $VIP:44 -r 10.8.0.14:9 -i
-A -u $VIP:46 -s rr
-a -u $VIP:46 -r [fd00:8::14]:9 -i
-A -u [$VIP6]:64 -s rr
-a -u [$VIP6]:64 -r 10.8.0.15:9 -i
-A -u [$VIP6]:66 -s rr
-a -u [$VIP6]:66 -r [fd00:8::15]:9 -i
END

# lines INNER OUTER SERVER
lines() {
	local packet="udp 10.9.0.1:1000 > $VIP:$1$2" told="icmp $VIP > 10.9.0.1 type=3 code=4"
	local router='icmp 10.0.2.254 > 10.0.2.1 type=3 code=4' from=10.0.2.1 mtu=1380 before
	if [ "$1" = 6 ]; then
		packet="udp [fd00:9::1]:1000 > [$VIP6]:$1$2"
		told="icmp6 $VIP6 > fd00:9::1 type=2 code=0"
	fi
	if [ "$2" = 6 ]; then
		router='icmp6 fd00:2::254 > fd00:2::1 type=2 code=0' from=fd00:2::1 mtu=1360
	fi
	before=$(outer 0 "$from" "$3" "$1" '')
	cat <<-END
		send client $packet size=1400 df=1
		expect server $before / $packet
		send server $router mtu=1400 quote=120 / $before / $packet size=1400 df=1
		expect client $told mtu=$mtu sum=good / $packet
		clear server
		send client $packet size=1400 df=1
		expect client $told mtu=$mtu sum=good / $packet
		quiet server $packet
	END
}

wire <<END
sysctl director net/ipv4/icmp_ratelimit 0
sysctl director net/ipv6/icmp/ratelimit 0
$(lines 4 4 10.8.0.14)
$(lines 6 6 fd00:8::15)
$(lines 6 4 10.8.0.15)
$(lines 4 6 fd00:8::14)
END

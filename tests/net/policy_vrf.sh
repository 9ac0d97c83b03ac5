#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A service whose clients and servers are in a VRF: by every method packets leave
# by that VRF's routes, which the main table does not have.
. "$(dirname "$0")/lib_lab.sh"

lab
modprobe vrf || fail 'no VRF in this kernel'
ip -n director -batch - <<END || fail 'VRF'
link add red type vrf table 500
link set red up
link set front master red
link set back master red
neighbour replace 10.0.1.10 lladdr 02:00:00:00:01:0a dev front
$(for number in 11 12 13 254; do
	echo "neighbour replace 10.0.2.$number lladdr 02:00:00:00:02:0b dev back"
done)
route add 10.9.0.0/16 via 10.0.1.10 vrf red
route add 10.8.0.0/16 via 10.0.2.254 vrf red
END
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.12 -g
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r 10.0.2.13 -i
-A -u $VIP:55 -s rr
-a -u $VIP:55 -r 10.8.0.14:55 -m
END
packet="udp 10.9.0.1:1000 > $VIP:54" outer='ipip 10.0.2.1 > 10.0.2.13'
wire <<END
sysctl director net/ipv4/icmp_ratelimit 0
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080 flags=S
send server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=SA
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=SA
for 53 55 send client udp 10.9.0.1:1000 > $VIP:%
expect server udp 10.9.0.1:1000 > $VIP:53
expect server ipip 10.0.2.1 > 10.0.2.13 / udp 10.9.0.1:1000 > $VIP:54
expect server udp 10.9.0.1:1000 > 10.8.0.14:55
# what a router of the VRF says of the tunnel is the client's, and is kept
send client $packet size=1200 df=1
expect server $outer df=1 / $packet
send server icmp 10.0.2.254 > 10.0.2.1 type=3 code=4 mtu=1000 quote=80 / $outer df=1 / $packet size=1200 df=1
expect client icmp $VIP > 10.9.0.1 type=3 code=4 mtu=980 / $packet
clear server
send client $packet size=1200 df=1
expect client icmp $VIP > 10.9.0.1 type=3 code=4 mtu=980 / $packet
quiet server * * > *
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A service whose clients and servers are in a VRF: by every method packets leave
# by that VRF's routes, which the main table does not have, and so do errors about what
# a rule has brought, and those for clients on the director.
. "$(dirname "$0")/lib_lab.sh"

client=$(away 9 1) behind=$(away 8 14) router=$(host 2 254)
foreign=$(away 7 1) tcp=$(host 2 11) direct=$(host 2 12) tunnelled=$(host 2 13)

lab
modprobe vrf || fail 'no VRF in this kernel'
# A device that moves loses its IPv6 addresses otherwise.
director sysctl -qw net.ipv6.conf.all.keep_addr_on_down=1
ip -n director -batch - <<END || fail 'VRF'
link add red type vrf table 500
link set red up
link set front master red
link set back master red
neighbour replace $(bare "$CLIENT") lladdr 02:00:00:00:01:0a dev front
$(for number in 11 12 13 254; do
	echo "neighbour replace $(bare "$(host 2 $number)") lladdr 02:00:00:00:02:0b dev back"
done)
route add $(bare "$client") via $(bare "$CLIENT") vrf red
route add $(bare "$behind") via $(bare "$router") vrf red
END
deliver_marked 'udp dport 56'
six="${of_family[*]}" late=$([ "$FAMILY" = 4 ] && echo 11 || echo 3)
ipvs -R <<END
-A -f 7 $six -s rr
-a -f 7 $six -r $direct -g
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $tcp:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $direct:53 -g
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r $tunnelled:54 -i
-A -u $VIP:57 -s rr
-A -u $VIP:55 -s rr
-a -u $VIP:55 -r $behind:55 -m
END
packet="udp $client:1000 > $VIP:54" outer="$ipip $(host 2 1) > $tunnelled"
df=$([ "$FAMILY" != 4 ] || echo ' df=1')
wire <<END
sysctl director net/ipv4/icmp_ratelimit 0
sysctl director net/ipv6/icmp/ratelimit 0
send client tcp $client:1000 > $VIP:80 flags=S
expect server tcp $client:1000 > $tcp:8080 flags=S
send server tcp $tcp:8080 > $client:1000 flags=SA
expect client tcp $VIP:80 > $client:1000 flags=SA
for 53 55 send client udp $client:1000 > $VIP:%
expect server udp $client:1000 > $VIP:53
expect server $outer / udp $client:1000 > $VIP:54
expect server udp $client:1000 > $behind:55
send client udp $client:1000 > $foreign:56
expect server udp $client:1000 > $foreign:56
send client udp $client:1000 > $foreign:56 ttl=1
expect client $icmp * > $client type=$late / udp $client:1000 > $foreign:56
# a client on the director
$(for port in 53 54; do
	echo "run director socat -u EXEC:'echo x' UDP$FAMILY:$VIP:$port,so-bindtodevice=red"
done)
expect server udp $VIP:* > $VIP:53
expect server $outer / udp $VIP:* > $VIP:54
# what a router of the VRF says of the tunnel is the client's, and is kept
send client $packet size=1400$df
expect server $outer$df / $packet
send server $icmp $router > $(host 2 1) $too_big mtu=1400 quote=120 / $outer$df / $packet size=1400$df
expect client $icmp $VIP > $client $too_big mtu=$((1400 - octets)) / $packet
clear server
send client $packet size=1400$df
expect client $icmp $VIP > $client $too_big mtu=$((1400 - octets)) / $packet
quiet server * * > *
END

# A client on the director hears in its VRF that nobody serves.
errors() {
	director nstat -asz "Icmp${FAMILY#4}InDestUnreachs" | awk '/Unreachs/ { print $2 }'
}
before=$(errors)
refuse 'a datagram for nobody' \
	director socat -u - "UDP$FAMILY:$VIP:57,so-bindtodevice=red" <<<x
equal 'errors heard' 1 $(($(errors) - before))

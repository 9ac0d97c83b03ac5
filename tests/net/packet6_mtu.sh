#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# IPv6: of a packet too big for the way to the server the client is told the size
# that fits, less the outer header for a tunnel; at the end of its hop limit a
# packet is not forwarded, and the client is told "time exceeded".
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r [fd00:2::11]:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [fd00:2::12]:53 -g
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r [fd00:2::13]:54 -i
END
ip -n director link set back mtu 1400
wire <<END
send client tcp [fd09::1]:1000 > $VIP:80 flags=S ttl=1
expect client icmp6 * > fd09::1 type=3 code=0 sum=good / tcp [fd09::1]:1000 > $VIP:80 ttl=1
send client udp [fd09::1]:1000 > $VIP:53 ttl=1
expect client icmp6 * > fd09::1 type=3 code=0 sum=good / udp [fd09::1]:1000 > $VIP:53 ttl=1
send client udp [fd09::1]:1000 > $VIP:54 ttl=1
expect client icmp6 * > fd09::1 type=3 code=0 sum=good / udp [fd09::1]:1000 > $VIP:54 ttl=1
quiet server tcp fd09::1 > *
quiet server udp fd09::1 > *
send client tcp [fd09::1]:1000 > $VIP:80 flags=S ttl=2
expect server tcp [fd09::1]:1000 > [fd00:2::11]:8080 ttl=1 sum=good
send client tcp [fd09::1]:1000 > $VIP:80 flags=PA size=1341
expect client icmp6 * > fd09::1 type=2 mtu=1400 sum=good / tcp [fd09::1]:1000 > $VIP:80
send client tcp [fd09::1]:1000 > $VIP:80 flags=PA size=1340
expect server tcp [fd09::1]:1000 > [fd00:2::11]:8080 size=1340 sum=good
send client tcp [fd09::1]:1000 > $VIP:80 flags=PA size=2800 csum=partial gso=1400
expect client icmp6 * > fd09::1 type=2 mtu=1400 sum=good / tcp [fd09::1]:1000 > $VIP:80
send client tcp [fd09::1]:1000 > $VIP:80 flags=PA size=2600 csum=partial gso=1300
expect server tcp [fd09::1]:1000 > [fd00:2::11]:8080
send client udp [fd09::1]:1000 > $VIP:53 size=1353
expect client icmp6 * > fd09::1 type=2 mtu=1400 sum=good / udp [fd09::1]:1000 > $VIP:53
send client udp [fd09::1]:1000 > $VIP:53 size=1352
expect server udp [fd09::1]:1000 > $VIP:53 size=1352
send client udp [fd09::1]:1000 > $VIP:54 size=1313
expect client icmp6 * > fd09::1 type=2 mtu=1360 sum=good / udp [fd09::1]:1000 > $VIP:54
send client udp [fd09::1]:1000 > $VIP:54 size=1312
expect server ip6 fd00:2::1 > fd00:2::13 plen=1360 ttl=63 / udp [fd09::1]:1000 > $VIP:54 size=1312 ttl=63
END

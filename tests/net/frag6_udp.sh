#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fragments of an IPv6 datagram, in any order, are one packet of one connection, by
# NAT in both directions; one without the rest is nothing; extension headers before
# the ports are no obstacle.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [fd00:2::11]:5353 -m
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r [fd00:2::12]:54 -g
-A -u $VIP:55 -s rr
-a -u $VIP:55 -r [fd00:2::13]:55 -i
END
wire <<END
send client udp [fd09::1]:1000 > $VIP:53 size=2000 id=1 frag=0+1000
quiet server udp fd09::1 > *
conns director 0 *
send client udp [fd09::1]:1000 > $VIP:53 size=2000 id=1 frag=1000+1008
expect server udp [fd09::1]:1000 > [fd00:2::11]:5353 off=0 mf=1
expect server udp fd09::1 > fd00:2::11 mf=0
send client udp [fd09::1]:1001 > $VIP:53 size=2000 id=2 frag=1000+1008
send client udp [fd09::1]:1001 > $VIP:53 size=2000 id=2 frag=0+1000
expect server udp [fd09::1]:1001 > [fd00:2::11]:5353 off=0 mf=1
expect server udp fd09::1 > fd00:2::11 mf=0
conns director 2 UDP*[fd00:2::11]:5353 UDP
send server udp [fd00:2::11]:5353 > [fd09::1]:1000 size=2000 id=3 frag=1000+1008
send server udp [fd00:2::11]:5353 > [fd09::1]:1000 size=2000 id=3 frag=0+1000
expect client udp $VIP:53 > [fd09::1]:1000 off=0 mf=1
expect client udp $VIP > fd09::1 mf=0
quiet client udp fd00:2::11 > *
send client udp [fd09::1]:1000 > $VIP:54 size=2000 id=4 frag=1000+1008
send client udp [fd09::1]:1000 > $VIP:54 size=2000 id=4 frag=0+1000
expect server udp [fd09::1]:1000 > $VIP:54 off=0 mf=1
expect server udp fd09::1 > $VIP mf=0
# Through a tunnel it goes whole, if the outer header's fragments allow. (In tree in
# pieces.)
send client udp [fd09::1]:1000 > $VIP:55 size=1200 id=5 frag=600+608
send client udp [fd09::1]:1000 > $VIP:55 size=1200 id=5 frag=0+600
expect server ip6 fd00:2::1 > fd00:2::13 / udp [fd09::1]:1000 > $VIP:55 $([ -n "${IN_TREE-}" ] || echo size=1200 sum=good)
send client udp [fd09::2]:1000 > $VIP:53 ext=hbh+dst size=100
expect server udp [fd09::2]:1000 > [fd00:2::11]:5353 ext=hbh+dst size=100 sum=good
send server udp [fd00:2::11]:5353 > [fd09::2]:1000 ext=dst size=100
expect client udp $VIP:53 > [fd09::2]:1000 ext=dst size=100 sum=good
# A fragment that is the whole packet (RFC 6946).
send client udp [fd09::3]:1000 > $VIP:53 frag=0+all size=100
expect server udp [fd09::3]:1000 > [fd00:2::11]:5353 size=100 sum=good
END

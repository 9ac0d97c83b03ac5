#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fragments of a UDP datagram, in any order, are one packet of one connection, by
# NAT in both directions; one without the rest is nothing.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:5353 -m
END
wire <<END
send client udp 10.9.0.1:1000 > $VIP:53 size=2000 id=1 frag=0+1000
quiet server udp 10.9.0.1 > *
conns director 0 *
send client udp 10.9.0.1:1000 > $VIP:53 size=2000 id=1 frag=1000+1008
expect server udp 10.9.0.1:1000 > 10.0.2.11:5353 off=0 mf=1 ipsum=good id=1
expect server udp 10.9.0.1 > 10.0.2.11 mf=0 ipsum=good id=1
send client udp 10.9.0.1:1001 > $VIP:53 size=2000 id=2 frag=1000+1008
send client udp 10.9.0.1:1001 > $VIP:53 size=2000 id=2 frag=0+1000
expect server udp 10.9.0.1:1001 > 10.0.2.11:5353 off=0 mf=1 id=2
expect server udp 10.9.0.1 > 10.0.2.11 mf=0 ipsum=good id=2
conns director 2 UDP*10.0.2.11:5353 UDP
quiet server udp 10.9.0.1 > *
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=2000 id=3 frag=1000+1008
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=2000 id=3 frag=0+1000
expect client udp $VIP:53 > 10.9.0.1:1000 off=0 mf=1 ipsum=good id=3
expect client udp $VIP > 10.9.0.1 mf=0 ipsum=good id=3
quiet client udp 10.0.2.11 > *
# Small enough for one packet once it is whole.
send client udp 10.9.0.1:1000 > $VIP:53 size=200 id=4 frag=104+104
send client udp 10.9.0.1:1000 > $VIP:53 size=200 id=4 frag=0+104
expect server udp 10.9.0.1:1000 > 10.0.2.11:5353 id=4 off=0
END

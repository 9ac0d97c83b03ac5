#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An ICMP error from a server, or from a router behind the director, reaches the
# client as one about the packet that it sent: the quoted packet bears the virtual
# address and port, and so does the sender of the error. Every length of the quoted
# packet that has its ports is good.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:5353 -m
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r 10.0.1.1:5354 -m
END
wire <<END
send client udp 10.9.0.1:1000 > $VIP:53 size=100
expect server udp 10.9.0.1:1000 > 10.0.2.11:5353
send server icmp 10.0.2.11 > 10.9.0.1 type=3 code=3 / udp 10.9.0.1:1000 > 10.0.2.11:5353 size=100
expect client icmp $VIP > 10.9.0.1 type=3 code=3 ttl=63 sum=good ipsum=good / udp 10.9.0.1:1000 > $VIP:53 ipsum=good size=100 data=pattern
send server icmp 10.0.2.254 > 10.9.0.1 type=11 code=0 quote=28 / udp 10.9.0.1:1000 > 10.0.2.11:5353 size=100
expect client icmp $VIP > 10.9.0.1 type=11 code=0 sum=good ipsum=good / udp 10.9.0.1:1000 > $VIP:53 ipsum=good
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080
send server icmp 10.0.2.254 > 10.9.0.1 type=3 code=4 mtu=1200 / tcp 10.9.0.1:1000 > 10.0.2.11:8080 flags=PA seq=9 size=1400 df=1
expect client icmp $VIP > 10.9.0.1 type=3 code=4 mtu=1200 sum=good ipsum=good / tcp 10.9.0.1:1000 > $VIP:80 seq=9 df=1 ipsum=good
for 24 60 send server icmp 10.0.2.11 > 10.9.0.1 type=3 code=1 mtu=% quote=% / tcp 10.9.0.1:1000 > 10.0.2.11:8080 flags=PA seq=9 size=20
for 28 60 expect client icmp $VIP > 10.9.0.1 type=3 code=1 mtu=% sum=good ipsum=good / tcp 10.9.0.1:1000 > $VIP:80 ipsum=good
# With a wrong checksum of its own it is worth nothing.
send server icmp 10.0.2.11 > 10.9.0.1 type=3 code=2 sum=bad / udp 10.9.0.1:1000 > 10.0.2.11:5353 size=100
quiet client icmp $VIP > 10.9.0.1 code=2
# A server on the director itself is no other.
send client udp 10.9.0.1:1000 > $VIP:54 size=100
expect client icmp $VIP > 10.9.0.1 type=3 code=3 sum=good ipsum=good / udp 10.9.0.1:1000 > $VIP:54 ipsum=good size=100 data=pattern
# About nothing that we know: it passes as it is.
send server icmp 10.0.2.11 > 10.9.0.1 type=3 code=3 / udp 10.9.0.1:1001 > 10.0.2.11:5353 size=100
expect client icmp 10.0.2.11 > 10.9.0.1 type=3 code=3 sum=good / udp 10.9.0.1:1001 > 10.0.2.11:5353 sum=good
END

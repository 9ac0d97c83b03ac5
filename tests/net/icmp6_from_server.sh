#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An ICMPv6 error from a server, or from a router behind the director, reaches the
# client as one about the packet that it sent: the quoted packet bears the virtual
# address and port, and so does the sender of the error. Without a server to go to,
# the client is told "port unreachable" by the virtual address.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r [fd00:2::11]:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [fd00:2::11]:5353 -m
-A -u $VIP:55 -s rr
-a -u $VIP:55 -r [fd00:1::1]:5355 -m
-A -t $VIP:81 -s rr
-A -u $VIP:54 -s wlc
-a -u $VIP:54 -r [fd00:2::11] -g -w 0
END
wire <<END
send client udp [fd09::1]:1000 > $VIP:53 size=100
expect server udp [fd09::1]:1000 > [fd00:2::11]:5353
send server icmp6 fd00:2::11 > fd09::1 type=1 code=4 / udp [fd09::1]:1000 > [fd00:2::11]:5353 size=100
expect client icmp6 $VIP > fd09::1 type=1 code=4 ttl=63 sum=good / udp [fd09::1]:1000 > $VIP:53 size=100 data=pattern
send server icmp6 fd00:2::254 > fd09::1 type=3 code=0 quote=48 / udp [fd09::1]:1000 > [fd00:2::11]:5353 size=100
expect client icmp6 $VIP > fd09::1 type=3 code=0 sum=good / udp [fd09::1]:1000 > $VIP:53
send client tcp [fd09::1]:1000 > $VIP:80 flags=S
expect server tcp [fd09::1]:1000 > [fd00:2::11]:8080
send server icmp6 fd00:2::254 > fd09::1 type=2 code=0 mtu=1280 / tcp [fd09::1]:1000 > [fd00:2::11]:8080 flags=PA seq=9 size=1150
expect client icmp6 $VIP > fd09::1 type=2 code=0 mtu=1280 sum=good / tcp [fd09::1]:1000 > $VIP:80 seq=9
for 44 80 send server icmp6 fd00:2::11 > fd09::1 type=1 code=1 mtu=% quote=% / tcp [fd09::1]:1000 > [fd00:2::11]:8080 flags=PA seq=9 size=20
for 48 80 expect client icmp6 $VIP > fd09::1 type=1 code=1 mtu=% sum=good / tcp [fd09::1]:1000 > $VIP:80
# With a wrong checksum of its own it is worth nothing.
send server icmp6 fd00:2::11 > fd09::1 type=1 code=2 sum=bad / udp [fd09::1]:1000 > [fd00:2::11]:5353 size=100
quiet client icmp6 $VIP > fd09::1 code=2
# A server on the director itself is no other.
send client udp [fd09::1]:1000 > $VIP:55 size=100
expect client icmp6 $VIP > fd09::1 type=1 code=4 sum=good / udp [fd09::1]:1000 > $VIP:55 size=100 data=pattern
# About nothing that we know: it passes as it is.
send server icmp6 fd00:2::11 > fd09::1 type=1 code=4 / udp [fd09::1]:1001 > [fd00:2::11]:5353 size=100
expect client icmp6 fd00:2::11 > fd09::1 type=1 code=4 sum=good / udp [fd09::1]:1001 > [fd00:2::11]:5353 sum=good
# Nor is it ours what is no error.
send server icmp6 fd00:2::11 > fd09::1 type=129 code=0 eid=5 eseq=6 size=100
expect client icmp6 fd00:2::11 > fd09::1 type=129 eid=5 eseq=6 sum=good size=100
send client tcp [fd09::1]:1000 > $VIP:81 flags=S seq=7
expect client icmp6 $VIP > fd09::1 type=1 code=4 sum=good / tcp [fd09::1]:1000 > $VIP:81 seq=7
send client udp [fd09::1]:1000 > $VIP:54 size=5
expect client icmp6 $VIP > fd09::1 type=1 code=4 sum=good / udp [fd09::1]:1000 > $VIP:54 sum=good data=pattern
conns director 3 *
END

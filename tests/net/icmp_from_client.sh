#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An ICMP error from the client, or a router before it, about a reply: by NAT the
# server receives it as one about the packet that it sent; by direct routing and by
# tunnel as it is.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.12:53 -g
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r 10.0.2.13:54 -i
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080
send client icmp 10.0.1.10 > $VIP type=3 code=4 mtu=1300 / tcp $VIP:80 > 10.9.0.1:1000 flags=PA seq=9 size=1400 df=1
expect server icmp 10.0.1.10 > 10.0.2.11 type=3 code=4 mtu=1300 ttl=63 sum=good ipsum=good / tcp 10.0.2.11:8080 > 10.9.0.1:1000 seq=9 ipsum=good
send client icmp 10.9.0.1 > $VIP type=3 code=3 quote=28 / tcp $VIP:80 > 10.9.0.1:1000 flags=PA seq=9 size=1400
expect server icmp 10.9.0.1 > 10.0.2.11 type=3 code=3 sum=good ipsum=good / tcp 10.0.2.11:8080 > 10.9.0.1:1000 ipsum=good
send client udp 10.9.0.1:1000 > $VIP:53 size=10
expect server udp 10.9.0.1:1000 > $VIP:53
send client icmp 10.9.0.1 > $VIP type=3 code=3 / udp $VIP:53 > 10.9.0.1:1000 size=10
expect server icmp 10.9.0.1 > $VIP type=3 code=3 ttl=63 sum=good ipsum=good / udp $VIP:53 > 10.9.0.1:1000 sum=good
send client udp 10.9.0.1:1000 > $VIP:54 size=10
expect server ipip 10.0.2.1 > 10.0.2.13 / udp 10.9.0.1:1000 > $VIP:54
send client icmp 10.9.0.1 > $VIP type=3 code=3 / udp $VIP:54 > 10.9.0.1:1000 size=10
expect server ipip 10.0.2.1 > 10.0.2.13 / icmp 10.9.0.1 > $VIP type=3 code=3 sum=good ipsum=good / udp $VIP:54 > 10.9.0.1:1000 sum=good
# With a wrong checksum it goes nowhere.
send client icmp 10.9.0.1 > $VIP type=3 code=2 sum=bad / tcp $VIP:80 > 10.9.0.1:1000 flags=PA seq=9 size=100
quiet server icmp 10.9.0.1 > * code=2
END

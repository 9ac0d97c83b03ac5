#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An ICMPv6 error from the client, or a router before it, about a reply: by NAT the
# server receives it as one about the packet that it sent; by direct routing and by
# tunnel as it is.
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
wire <<END
send client tcp [fd09::1]:1000 > $VIP:80 flags=S
expect server tcp [fd09::1]:1000 > [fd00:2::11]:8080 ttl=63 sum=good
send client icmp6 fd00:1::10 > $VIP type=2 code=0 mtu=1300 / tcp $VIP:80 > [fd09::1]:1000 flags=PA seq=9 size=1100
expect server icmp6 fd00:1::10 > fd00:2::11 type=2 code=0 mtu=1300 ttl=63 sum=good / tcp [fd00:2::11]:8080 > [fd09::1]:1000 seq=9
send client icmp6 fd09::1 > $VIP type=1 code=4 quote=48 / tcp $VIP:80 > [fd09::1]:1000 flags=PA seq=9 size=1100
expect server icmp6 fd09::1 > fd00:2::11 type=1 code=4 sum=good / tcp [fd00:2::11]:8080 > [fd09::1]:1000
# The transport header of the quoted packet lies behind others.
send client icmp6 fd09::1 > $VIP type=3 code=0 / tcp $VIP:80 > [fd09::1]:1000 ext=hbh+dst flags=PA seq=9 size=10
expect server icmp6 fd09::1 > fd00:2::11 type=3 sum=good / tcp [fd00:2::11]:8080 > [fd09::1]:1000 ext=hbh+dst seq=9
# And that of the error itself.
send client icmp6 fd09::1 > $VIP type=3 code=1 ext=dst / tcp $VIP:80 > [fd09::1]:1000 flags=PA seq=9 size=10
expect server icmp6 fd09::1 > fd00:2::11 type=3 code=1 ext=dst sum=good / tcp [fd00:2::11]:8080 > [fd09::1]:1000 seq=9
send client udp [fd09::1]:1000 > $VIP:53 size=10
expect server udp [fd09::1]:1000 > $VIP:53
send client icmp6 fd09::1 > $VIP type=1 code=4 / udp $VIP:53 > [fd09::1]:1000 size=10
expect server icmp6 fd09::1 > $VIP type=1 code=4 ttl=63 sum=good / udp $VIP:53 > [fd09::1]:1000 sum=good
send client udp [fd09::1]:1000 > $VIP:54 size=10
expect server ip6 fd00:2::1 > fd00:2::13 / udp [fd09::1]:1000 > $VIP:54
send client icmp6 fd09::1 > $VIP type=1 code=4 / udp $VIP:54 > [fd09::1]:1000 size=10
expect server ip6 fd00:2::1 > fd00:2::13 / icmp6 fd09::1 > $VIP type=1 code=4 sum=good / udp $VIP:54 > [fd09::1]:1000 sum=good
# With a wrong checksum it goes nowhere.
send client icmp6 fd09::1 > $VIP type=1 code=2 sum=bad / tcp $VIP:80 > [fd09::1]:1000 flags=PA seq=9 size=100
quiet server icmp6 fd09::1 > * code=2
END

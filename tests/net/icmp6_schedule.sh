#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With schedule_icmp an ICMPv6 error about a packet of a connection that nobody
# knows gets a connection and is forwarded like any error.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r [fd00:2::11]:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [fd00:2::12]:53 -g
-A -t $VIP:81 -s rr
END
wire <<END
send client icmp6 fd09::1 > $VIP type=1 code=4 / tcp $VIP:80 > [fd09::1]:1000 flags=A
quiet server * * > *
conns director 0 *
sysctl director net/ipv4/vs/schedule_icmp 1
send client icmp6 fd09::1 > $VIP type=1 code=4 / tcp $VIP:80 > [fd09::1]:1000 flags=A
expect server icmp6 fd09::1 > fd00:2::11 type=1 code=4 $([ -n "${IN_TREE-}" ] || echo sum=good) / tcp [fd00:2::11]:8080 > [fd09::1]:1000
conn director TCP [fd09::1]:1000 $VIP:80 [fd00:2::11]:8080 NONE
send client icmp6 fd09::1 > $VIP type=2 code=0 mtu=1300 / udp $VIP:53 > [fd09::1]:1000 size=9
expect server icmp6 fd09::1 > $VIP type=2 code=0 mtu=1300 ttl=63 / udp $VIP:53 > [fd09::1]:1000
send client icmp6 fd09::1 > $VIP type=1 code=4 / tcp $VIP:81 > [fd09::1]:1001 flags=A
send client icmp6 fd09::1 > $VIP type=128 code=0 / tcp $VIP:80 > [fd09::1]:1002 flags=A
quiet server * * > *
quiet client icmp6 $VIP > fd09::1 type=1
conns director 2 *
END

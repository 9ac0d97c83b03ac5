#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# IPv6: no route leads to the real server: by each method the client is told that the
# address is unreachable, and nothing leaves.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ip -n director route add unreachable fd00:2::19
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r [fd00:2::19]:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [fd00:2::19]:53 -g
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r [fd00:2::19]:54 -i
END
wire <<END
send client tcp [fd09::1]:1000 > $VIP:80 flags=S
expect client icmp6 * > fd09::1 type=1 code=3 sum=good / tcp [fd09::1]:1000 > $VIP:80
send client udp [fd09::1]:1000 > $VIP:53
expect client icmp6 * > fd09::1 type=1 code=3 sum=good / udp [fd09::1]:1000 > $VIP:53
send client udp [fd09::1]:1000 > $VIP:54
expect client icmp6 * > fd09::1 type=1 code=3 sum=good / udp [fd09::1]:1000 > $VIP:54
quiet server tcp fd09::1 > *
quiet server udp fd09::1 > *
END

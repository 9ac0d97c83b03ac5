#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# No route leads to the real server: by each method the client is told that the host
# is unreachable, and nothing leaves.
. "$(dirname "$0")/lib_lab.sh"

lab
ip -n director route add unreachable 10.0.2.19
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.19:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.19 -g
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r 10.0.2.19 -i
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect client icmp * > 10.9.0.1 type=3 code=1 sum=good / tcp 10.9.0.1:1000 > $VIP:80
send client udp 10.9.0.1:1000 > $VIP:53
expect client icmp * > 10.9.0.1 type=3 code=1 sum=good / udp 10.9.0.1:1000 > $VIP:53
send client udp 10.9.0.1:1000 > $VIP:54
expect client icmp * > 10.9.0.1 type=3 code=1 sum=good / udp 10.9.0.1:1000 > $VIP:54
quiet server * * > *
END

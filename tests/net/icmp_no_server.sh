#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Without a server to go to, the client is told "port unreachable" by the virtual
# address: no server at all, none but with weight 0, TCP and UDP.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-A -u $VIP:53 -s wlc
-A -t $VIP:81 -s wrr
-a -t $VIP:81 -r 10.0.2.11 -m -w 0
-A -u $VIP:54 -s lc
-a -u $VIP:54 -r 10.0.2.11 -g -w 0
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S seq=7
expect client icmp $VIP > 10.9.0.1 type=3 code=3 sum=good ipsum=good / tcp 10.9.0.1:1000 > $VIP:80 seq=7 ipsum=good
send client udp 10.9.0.1:1000 > $VIP:53 size=5
expect client icmp $VIP > 10.9.0.1 type=3 code=3 sum=good / udp 10.9.0.1:1000 > $VIP:53 sum=good data=pattern
send client tcp 10.9.0.1:1000 > $VIP:81 flags=S
expect client icmp $VIP > 10.9.0.1 type=3 code=3 sum=good / tcp 10.9.0.1:1000 > $VIP:81
send client udp 10.9.0.1:1000 > $VIP:54 size=5
expect client icmp $VIP > 10.9.0.1 type=3 code=3 sum=good / udp 10.9.0.1:1000 > $VIP:54
conns director 0 *
quiet server * *:* > *:*
END

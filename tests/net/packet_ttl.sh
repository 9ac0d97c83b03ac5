#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A packet at the end of its TTL is not forwarded: the client is told "time
# exceeded"; so is a server about its reply.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.12:53 -g
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r 10.0.2.13:54 -i
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S ttl=1
expect client icmp * > 10.9.0.1 type=11 code=0 sum=good / tcp 10.9.0.1:1000 > $VIP:80 ttl=1
send client udp 10.9.0.1:1000 > $VIP:53 ttl=1
expect client icmp * > 10.9.0.1 type=11 code=0 sum=good / udp 10.9.0.1:1000 > $VIP:53 ttl=1
send client udp 10.9.0.1:1000 > $VIP:54 ttl=1
expect client icmp * > 10.9.0.1 type=11 code=0 sum=good / udp 10.9.0.1:1000 > $VIP:54 ttl=1
quiet server * *:* > *:*
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S ttl=2
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 ttl=1
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=SA ttl=1
expect server icmp * > 10.0.2.11 type=11 code=0 sum=good / tcp 10.0.2.11:80 > 10.9.0.1:1000
quiet client tcp $VIP:80 > 10.9.0.1:1000
END

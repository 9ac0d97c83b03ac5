#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A packet too big for the way to the server: if it may not be cut, the client is
# told the size that fits, less the outer header for a tunnel; if it may, it is cut.
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
ip -n director link set back mtu 1000
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=1200 df=1
expect client icmp * > 10.9.0.1 type=3 code=4 mtu=1000 sum=good / tcp 10.9.0.1:1000 > $VIP:80 df=1
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=960 df=1
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 size=960 df=1
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=2400 csum=partial gso=1200 df=1
expect client icmp * > 10.9.0.1 type=3 code=4 mtu=1000 sum=good / tcp 10.9.0.1:1000 > $VIP:80 df=1
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=1200
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 off=0 mf=1
expect server tcp 10.9.0.1 > 10.0.2.11 mf=0
send client udp 10.9.0.1:1000 > $VIP:53 size=1200 df=1
expect client icmp * > 10.9.0.1 type=3 code=4 mtu=1000 sum=good / udp 10.9.0.1:1000 > $VIP:53 df=1
send client udp 10.9.0.1:1000 > $VIP:53 size=972 df=1
expect server udp 10.9.0.1:1000 > $VIP:53 size=972 df=1
send client udp 10.9.0.1:1000 > $VIP:54 size=960 df=1
expect client icmp * > 10.9.0.1 type=3 code=4 mtu=980 sum=good / udp 10.9.0.1:1000 > $VIP:54 df=1
send client udp 10.9.0.1:1000 > $VIP:54 size=952 df=1
expect server ipip 10.0.2.1 > 10.0.2.13 df=1 totlen=1000 / udp 10.9.0.1:1000 > $VIP:54 size=952 df=1
quiet server ipip 10.0.2.1 > 10.0.2.13
send client udp 10.9.0.1:1000 > $VIP:54 size=1200
expect server ipip 10.0.2.1 > 10.0.2.13 mf=0
END

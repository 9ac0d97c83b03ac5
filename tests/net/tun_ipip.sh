#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# By tunnel a packet travels in an IPIP one from the director to the server, whose
# TOS, TTL and "don't fragment" are those of the packet inside.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -i
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.8.0.1:53 -i
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S seq=77 tos=8 id=4 df=1 ttl=33
expect server ipip 10.0.2.1 > 10.0.2.11 ttl=32 tos=8 df=1 totlen=60 ipsum=good / tcp 10.9.0.1:1000 > $VIP:80 flags=S seq=77 ttl=32 tos=8 id=4 df=1 sum=good ipsum=good
send client udp 10.9.0.1:1000 > $VIP:53 size=10
expect server ipip 10.0.2.1 > 10.8.0.1 ttl=63 tos=0 df=0 ipsum=good / udp 10.9.0.1:1000 > $VIP:53 size=10 ttl=63 df=0 sum=good data=pattern
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.11:80 SYN_RECV
# Left to the device: it may cut the packets inside the tunnel, or the kernel does.
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=2400 csum=partial gso=1200
run director ethtool -K back tx off tso off gso off >/dev/null
clear server
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=2400 csum=partial gso=1200
count server 2 ipip 10.0.2.1 > 10.0.2.11 ipsum=good / tcp 10.9.0.1:1000 > $VIP:80 size=1200 sum=good ipsum=good
END

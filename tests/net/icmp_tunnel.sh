#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A router on the way of a tunnel cannot pass a packet on: the client is told about
# the packet that it sent, and of the next one that the tunnel has no room for it.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r 10.8.0.1:54 -i
END
wire <<END
send client udp 10.9.0.1:1000 > $VIP:54 size=1200 df=1
expect server ipip 10.0.2.1 > 10.8.0.1 / udp 10.9.0.1:1000 > $VIP:54 size=1200 df=1
send server icmp 10.0.2.254 > 10.0.2.1 type=3 code=4 mtu=1000 quote=60 / ipip 10.0.2.1 > 10.8.0.1 df=1 / udp 10.9.0.1:1000 > $VIP:54 size=1200 df=1
expect client icmp * > 10.9.0.1 type=3 code=4 mtu=* sum=good / udp 10.9.0.1:1000 > $VIP:54 df=1
send client udp 10.9.0.1:1000 > $VIP:54 size=1200 df=1
expect client icmp * > 10.9.0.1 type=3 code=4 mtu=980 sum=good / udp 10.9.0.1:1000 > $VIP:54 df=1
send server icmp 10.0.2.254 > 10.0.2.1 type=3 code=1 quote=60 / ipip 10.0.2.1 > 10.8.0.1 / udp 10.9.0.1:1000 > $VIP:54 size=100
expect client icmp * > 10.9.0.1 type=3 code=1 sum=good / udp 10.9.0.1:1000 > $VIP:54
END

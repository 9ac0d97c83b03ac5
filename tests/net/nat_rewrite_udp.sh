#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# UDP by NAT, byte by byte, in both directions.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:5353 -m
END
wire <<END
for 0 40 send client udp 10.9.0.1:1000 > $VIP:53 size=%
for 0 40 expect server udp 10.9.0.1:1000 > 10.0.2.11:5353 size=% ttl=63 sum=good ipsum=good
for 0 40 send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=%
for 0 40 expect client udp $VIP:53 > 10.9.0.1:1000 size=% ttl=63 sum=good ipsum=good
conns director 1 UDP 10.9.0.1:1000 $VIP:53 10.0.2.11:5353 UDP
# What another server, or another port of this one, sends is not ours.
send server udp 10.0.2.11:5354 > 10.9.0.1:1000 size=3
expect client udp 10.0.2.11:5354 > 10.9.0.1:1000 size=3 sum=good
send server udp 10.0.2.12:5353 > 10.9.0.1:1000 size=3
expect client udp 10.0.2.12:5353 > 10.9.0.1:1000 size=3 sum=good
END

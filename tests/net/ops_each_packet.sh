#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# One-packet scheduling: each datagram is scheduled anew, though all come from one
# port, and leaves no connection behind; all are counted.
# cpus: 2
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -o -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
-a -u $VIP:53 -r 10.0.2.12:53 -m
-A -u $VIP:54 -o -s rr
-a -u $VIP:54 -r 10.0.2.13:54 -g
END
wire <<END
for 1 10 send client udp 10.9.0.1:1000 > $VIP:53 size=%
count server 5 udp 10.9.0.1:1000 > 10.0.2.11:53 sum=good
for 11 20 send client udp 10.9.0.1:1000 > $VIP:53 size=%
count server 10 udp 10.9.0.1:1000 > 10.0.2.12:53 sum=good
for 1 3 send client udp 10.9.0.1:1000 > $VIP:54
count server 3 udp 10.9.0.1:1000 > $VIP:54
conns director 0 *
until director 10.0.2.11:53_Masq_1_0_0 $IPVSADM -ln
until director 10.0.2.11:53_10_10_0_ $IPVSADM -ln --stats --exact
until director 10.0.2.13:54_3_3_0_84_0_ $IPVSADM -ln --stats --exact
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What a removed server counted stays in the sums of its service and of all.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
END
wire <<END
for 1 7 send client udp 10.9.0.1:1000 > $VIP:53 size=50
until director 10.0.2.11:53_1_7_0_546_0_ $IPVSADM -ln --stats --exact
run director $IPVSADM -d -u $VIP:53 -r 10.0.2.11:53
until director UDP_+10.0.1.100:53_1_7_0_546_0_ $IPVSADM -ln --stats --exact
until director \n_1_7_0_222_0\n cat /proc/net/ip_vs_stats
run director $IPVSADM -D -u $VIP:53
until director \n_1_7_0_222_0\n cat /proc/net/ip_vs_stats
END

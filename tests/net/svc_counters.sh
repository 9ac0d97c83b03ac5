#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Counters are exact: connections, packets and bytes (from the IP header on) in
# both directions, of the service, of each server, and of all together; -Z sets
# them to zero, and the rest goes on from there.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.12:53 -g
END
# 2 connections, 4 packets in of 40 + 40 + 140 + 40 bytes, 3 out of 40 + 40 + 1040;
# by direct routing 1 connection, 10 packets of 78 bytes.
wire <<END
for 1000 1000 send client tcp 10.9.0.1:% > $VIP:80 flags=S
for 1000 1000 send server tcp 10.0.2.11:80 > 10.9.0.1:% flags=SA
for 1000 1000 send client tcp 10.9.0.1:% > $VIP:80 flags=A
for 1000 1000 send client tcp 10.9.0.1:% > $VIP:80 flags=PA size=100
for 1000 1000 send server tcp 10.0.2.11:80 > 10.9.0.1:% flags=A
for 1000 1000 send server tcp 10.0.2.11:80 > 10.9.0.1:% flags=PA size=1000
send client tcp 10.9.0.1:1001 > $VIP:80 flags=S
for 1 10 send client udp 10.9.0.1:1000 > $VIP:53 size=50
count server 10 udp 10.9.0.1:1000 > $VIP:53
until director TCP_+10.0.1.100:80_2_4_3_260_1120_ $IPVSADM -ln --stats --exact
until director 10.0.2.11:80_2_4_3_260_1120_ $IPVSADM -ln --stats --exact
until director UDP_+10.0.1.100:53_1_10_0_780_0_ $IPVSADM -ln --stats --exact
until director 10.0.2.12:53_1_10_0_780_0_ $IPVSADM -ln --stats --exact
until director \n_3_E_3_410_460\n cat /proc/net/ip_vs_stats
until director ~_3_E_3_410_460\n cat /proc/net/ip_vs_stats_percpu
# Neither a packet for no service nor one that no server takes counts.
send client tcp 10.9.0.1:1002 > $VIP:81 flags=S
send client tcp 10.9.0.1:1003 > $VIP:80 flags=A
until director \n_3_E_3_410_460\n cat /proc/net/ip_vs_stats
run director $IPVSADM -Z -t $VIP:80
until director TCP_+10.0.1.100:80_0_0_0_0_0_ $IPVSADM -ln --stats --exact
until director 10.0.2.11:80_0_0_0_0_0_ $IPVSADM -ln --stats --exact
until director 10.0.2.12:53_1_10_0_780_0_ $IPVSADM -ln --stats --exact
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=1
until director 10.0.2.11:80_0_1_0_41_0_ $IPVSADM -ln --stats --exact
run director $IPVSADM -Z
until director 10.0.2.12:53_0_0_0_0_0_ $IPVSADM -ln --stats --exact
until director \n_0_0_0_0_0\n cat /proc/net/ip_vs_stats
END

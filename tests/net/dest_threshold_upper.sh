#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A server with as many connections as its upper threshold gets no more until
# there are fewer than three quarters of that.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m -x 4
-a -u $VIP:53 -r 10.0.2.12:53 -m -w 0
END
ipvs --set 0 0 300
wire <<END
for 1000 1003 send client udp 10.9.0.1:% > $VIP:53 size=1
count server 4 udp 10.9.0.1:* > 10.0.2.11:53
send client udp 10.9.0.1:1004 > $VIP:53 size=1
expect client icmp $VIP > 10.9.0.1 type=3 code=3 / udp 10.9.0.1:1004 > $VIP:53
# Those that are there go on.
send client udp 10.9.0.1:1000 > $VIP:53 size=2
expect server udp 10.9.0.1:1000 > 10.0.2.11:53 size=2
# One less is still too many, two less are not.
run director $IPVSADM --set 0 0 1
send client udp 10.9.0.1:1001 > $VIP:53 size=2
until director 10.0.2.11:53_Masq_1_0_3_ $IPVSADM -ln
run director $IPVSADM --set 0 0 300
send client udp 10.9.0.1:1005 > $VIP:53 size=1
expect client icmp $VIP > 10.9.0.1 type=3 code=3 / udp 10.9.0.1:1005 > $VIP:53
run director $IPVSADM --set 0 0 1
send client udp 10.9.0.1:1002 > $VIP:53 size=2
until director 10.0.2.11:53_Masq_1_0_2_ $IPVSADM -ln
run director $IPVSADM --set 0 0 300
send client udp 10.9.0.1:1006 > $VIP:53 size=1
expect server udp 10.9.0.1:1006 > 10.0.2.11:53
END

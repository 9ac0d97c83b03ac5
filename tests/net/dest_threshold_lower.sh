#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With a lower threshold, a server that had too many connections gets new ones
# when there are fewer than that.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m -x 3 -y 2
END
wire <<END
for 1000 1002 send client udp 10.9.0.1:% > $VIP:53 size=1
send client udp 10.9.0.1:1003 > $VIP:53 size=1
expect client icmp $VIP > 10.9.0.1 type=3 code=3 / udp 10.9.0.1:1003 > $VIP:53
run director $IPVSADM --set 0 0 1
send client udp 10.9.0.1:1001 > $VIP:53 size=2
until director 10.0.2.11:53_Masq_1_0_2_ $IPVSADM -ln
send client udp 10.9.0.1:1004 > $VIP:53 size=1
expect client icmp $VIP > 10.9.0.1 type=3 code=3 / udp 10.9.0.1:1004 > $VIP:53
send client udp 10.9.0.1:1002 > $VIP:53 size=2
until director 10.0.2.11:53_Masq_1_0_1_ $IPVSADM -ln
send client udp 10.9.0.1:1005 > $VIP:53 size=5
expect server udp 10.9.0.1:1005 > 10.0.2.11:53 size=5
END

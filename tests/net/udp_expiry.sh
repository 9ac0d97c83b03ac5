#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A UDP connection is gone when its time is over, not before as long as packets
# come, and the client is then scheduled anew.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
-a -u $VIP:53 -r 10.0.2.12:53 -m
END
ipvs --set 0 0 3
wire <<END
send client udp 10.9.0.1:1000 > $VIP:53 size=1
learn FIRST dst server udp 10.9.0.1:1000 > *:53
expires director 0-3 UDP *
conns director 1 *
noconn director *
until director @FIRST:53_Masq_1_0_0 $IPVSADM -ln
send client udp 10.9.0.1:1000 > $VIP:53 size=1
learn SECOND dst server udp 10.9.0.1:1000 > *:53
differ @FIRST @SECOND
run director $IPVSADM --set 0 0 2
for 1 40 send client udp 10.9.0.1:1000 > $VIP:53 size=%
for 1 2 quiet server udp *:* > @FIRST:*
for 1 40 send server udp @SECOND:53 > 10.9.0.1:1000 size=%
conns director 1 *
noconn director *
END

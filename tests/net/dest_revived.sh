#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A server that is removed and added again has its connections and its counters
# back.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m -w 3
-a -t $VIP:80 -r 10.0.2.12:80 -m -w 3
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
send client tcp 10.9.0.1:1001 > $VIP:80 flags=S
send client tcp 10.9.0.1:1000 > $VIP:80 flags=A
send client tcp 10.9.0.1:1001 > $VIP:80 flags=A
conns director 2 *ESTABLISHED
until director 10.0.2.11:80_1_2_0_80_0 $IPVSADM -ln --stats --exact
until director 10.0.2.12:80_1_2_0_80_0 $IPVSADM -ln --stats --exact
run director $IPVSADM -d -t $VIP:80 -r 10.0.2.11:80
clear server
for 1000 1001 send client tcp 10.9.0.1:% > $VIP:80 flags=PA size=1
count server 1 tcp 10.9.0.1:* > *:80
run director $IPVSADM -a -t $VIP:80 -r 10.0.2.11:80 -m -w 3
until director 10.0.2.11:80_Masq_3_1_0 $IPVSADM -ln
for 1000 1001 send client tcp 10.9.0.1:% > $VIP:80 flags=PA size=1
expect server tcp 10.9.0.1:* > 10.0.2.11:80 size=1
expect server tcp 10.9.0.1:* > 10.0.2.12:80 size=1
send server tcp 10.0.2.11:80 > 10.9.0.1:1001 flags=A
until director 10.0.2.11:80_1_3_. $IPVSADM -ln --stats --exact
conns director 2 *
END

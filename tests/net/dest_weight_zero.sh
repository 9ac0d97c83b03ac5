#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A server of weight 0 keeps its connections and gets no new ones.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 flags=S
run director $IPVSADM -a -t $VIP:80 -r 10.0.2.12:80 -m
run director $IPVSADM -e -t $VIP:80 -r 10.0.2.11:80 -m -w 0
for 1001 1006 send client tcp 10.9.0.1:% > $VIP:80 flags=S
count server 6 tcp 10.9.0.1:* > 10.0.2.12:80 flags=S
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=4
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 size=4
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=SA
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=SA
conns director 1 * 10.0.2.11:80 *
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With expire_nodest_conn, the next packet of a connection to a removed server ends
# it; the one after that is scheduled anew if it can be.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
wire <<END
sysctl director net/ipv4/vs/expire_nodest_conn 1
send client udp 10.9.0.1:1000 > $VIP:53 size=1
expect server udp 10.9.0.1:1000 > 10.0.2.11:53
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
send client tcp 10.9.0.1:1000 > $VIP:80 flags=A
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.11:80 ESTABLISHED
run director $IPVSADM -a -u $VIP:53 -r 10.0.2.12:53 -m
run director $IPVSADM -d -u $VIP:53 -r 10.0.2.11:53
run director $IPVSADM -d -t $VIP:80 -r 10.0.2.11:80
send client udp 10.9.0.1:1000 > $VIP:53 size=2
send client udp 10.9.0.1:1000 > $VIP:53 size=3
expect server udp 10.9.0.1:1000 > 10.0.2.12:53 size=3
send client tcp 10.9.0.1:1000 > $VIP:80 flags=A
noconn director * 10.0.2.11:*
conn director UDP 10.9.0.1:1000 $VIP:53 10.0.2.12:53 UDP
END

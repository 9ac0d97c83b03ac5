#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What is on a connection to a removed server is dropped without a word, and the
# connection stays; new connections go to the servers that are left.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -g
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=SA
send client tcp 10.9.0.1:1000 > $VIP:80 flags=A
send client udp 10.9.0.1:1000 > $VIP:53 size=1
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.11:80 ESTABLISHED
conn director UDP 10.9.0.1:1000 $VIP:53 10.0.2.11:53 UDP
run director $IPVSADM -d -t $VIP:80 -r 10.0.2.11:80
run director $IPVSADM -d -u $VIP:53 -r 10.0.2.11:53
run director $IPVSADM -a -t $VIP:80 -r 10.0.2.12:80 -m
clear server
clear client
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=10
send client udp 10.9.0.1:1000 > $VIP:53 size=10
quiet server * *:* > *:*
quiet client * *:* > *:*
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.11:80 ESTABLISHED
conn director UDP 10.9.0.1:1000 $VIP:53 10.0.2.11:53 UDP
send client tcp 10.9.0.1:1001 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1001 > 10.0.2.12:80 flags=S
END

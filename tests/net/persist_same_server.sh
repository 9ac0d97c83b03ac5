#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A persistent service sends all connections of a client to one server, shown as a
# template in the table; another client's go where the scheduler says.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr -p 300
-a -t $VIP:80 -r 10.0.2.11:80 -m
-a -t $VIP:80 -r 10.0.2.12:80 -m
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
learn MINE dst server tcp 10.9.0.1:1000 > *:80
conn director TCP 10.9.0.1:0 $VIP:80 @MINE:80 NONE
expires director 290-300 TCP 10.9.0.1:0 *
for 1001 1005 send client tcp 10.9.0.1:% > $VIP:80 flags=S
count server 5 tcp 10.9.0.1:* > @MINE:80
send client tcp 10.9.0.2:1000 > $VIP:80 flags=S
learn OTHER dst server tcp 10.9.0.2:1000 > *:80
differ @MINE @OTHER
for 1001 1005 send client tcp 10.9.0.2:% > $VIP:80 flags=S
count server 5 tcp 10.9.0.2:* > @OTHER:80
conns director 2 TCP *:0 $VIP:80 *
conns director 14 *
# The template is assured when one of its connections is established.
send client tcp 10.9.0.1:1000 > $VIP:80 flags=A
conn director TCP 10.9.0.1:0 $VIP:80 @MINE:80 ASSURED
conn director TCP 10.9.0.2:0 $VIP:80 @OTHER:80 NONE
until director @MINE:80_1_1_6_0_ $IPVSADM -ln --persistent-conn
END

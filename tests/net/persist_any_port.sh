#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A persistent service of port 0 takes every port that no service of its own has,
# all of a client's to one server and the port that the client asked for, whatever
# port the server has.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:0 -s rr -p 300
-a -t $VIP:0 -r 10.0.2.11:0 -m
-a -t $VIP:0 -r 10.0.2.12:8080 -m
-A -t $VIP:22 -s rr
-a -t $VIP:22 -r 10.0.2.13:22 -m
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
learn MINE dst server tcp 10.9.0.1:1000 > *:80
send client tcp 10.9.0.1:1001 > $VIP:443 flags=S
expect server tcp 10.9.0.1:1001 > @MINE:443
send client tcp 10.9.0.1:1002 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1002 > @MINE:80
send client tcp 10.9.0.1:1003 > $VIP:22 flags=S
expect server tcp 10.9.0.1:1003 > 10.0.2.13:22
conn director TCP 10.9.0.1:0 $VIP:0 @MINE:0 *
conns director 1 TCP *:0 *
send server tcp @MINE:443 > 10.9.0.1:1001 flags=SA
expect client tcp $VIP:443 > 10.9.0.1:1001 flags=SA sum=good
send client tcp 10.9.0.2:1000 > $VIP:80 flags=S
learn OTHER dst server tcp 10.9.0.2:1000 > *:80
differ @MINE @OTHER
refused director $IPVSADM -A -t 10.0.1.1:0 -s rr
END

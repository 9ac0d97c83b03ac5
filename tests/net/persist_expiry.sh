#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Persistence ends so many seconds after the client's last new connection; each
# new connection starts its time anew.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr -p 3
-a -u $VIP:53 -r 10.0.2.11:53 -m
-a -u $VIP:53 -r 10.0.2.12:53 -m
END
ipvs --set 0 0 1
wire <<END
send client udp 10.9.0.1:1000 > $VIP:53
learn MINE dst server udp 10.9.0.1:1000 > *:53
expires director 1-3 UDP 10.9.0.1:0 *
noconn director UDP 10.9.0.1:1000 *
send client udp 10.9.0.1:1001 > $VIP:53
expect server udp 10.9.0.1:1001 > @MINE:53
expires director 1-3 UDP 10.9.0.1:0 *
noconn director *
send client udp 10.9.0.1:1000 > $VIP:53
learn OTHER dst server udp 10.9.0.1:1000 > *:53
differ @MINE @OTHER
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With a netmask, persistence holds for a network of clients.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr -p 300 -M 255.255.255.0
-a -u $VIP:53 -r 10.0.2.11:53 -m
-a -u $VIP:53 -r 10.0.2.12:53 -m
END
wire <<END
send client udp 10.9.0.1:1000 > $VIP:53
learn MINE dst server udp 10.9.0.1:1000 > *:53
for 2 9 send client udp 10.9.0.%:1000 > $VIP:53
count server 8 udp *:1000 > @MINE:53
send client udp 10.9.1.1:1000 > $VIP:53
learn OTHER dst server udp 10.9.1.1:1000 > *:53
differ @MINE @OTHER
conn director UDP 10.9.0.0:0 $VIP:53 @MINE:53 *
conn director UDP 10.9.1.0:0 $VIP:53 @OTHER:53 *
conns director 2 UDP *:0 *
END

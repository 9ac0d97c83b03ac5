#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With expire_nodest_conn, all connections to a removed server end at once, however
# many: none is passed over.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
END
wire <<END
sysctl director net/ipv4/vs/expire_nodest_conn 1
flood client 8000 udp 10.9.0.1:0 > $VIP:53
conns director 8000 UDP *
run director $IPVSADM -d -u $VIP:53 -r 10.0.2.11:53
conns director 0 *
END

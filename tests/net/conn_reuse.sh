#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A SYN on a connection in TIME_WAIT or CLOSE is a new connection, for which a
# server is chosen anew; on an established one it is not.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
wire <<END
for 1000 1002 send client tcp 10.9.0.1:% > $VIP:80 flags=S
for 1000 1002 send server tcp 10.0.2.11:80 > 10.9.0.1:% flags=SA
for 1000 1002 send client tcp 10.9.0.1:% > $VIP:80 flags=A
conns director 3 *ESTABLISHED
send client tcp 10.9.0.1:1000 > $VIP:80 flags=FA
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=FA
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.11:80 TIME_WAIT
send client tcp 10.9.0.1:1001 > $VIP:80 flags=RA
conn director TCP 10.9.0.1:1001 $VIP:80 10.0.2.11:80 CLOSE
run director $IPVSADM -a -t $VIP:80 -r 10.0.2.12:80 -m
run director $IPVSADM -e -t $VIP:80 -r 10.0.2.11:80 -m -w 0
clear server
for 1000 1002 send client tcp 10.9.0.1:% > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.12:80 flags=S
expect server tcp 10.9.0.1:1001 > 10.0.2.12:80 flags=S
expect server tcp 10.9.0.1:1002 > 10.0.2.11:80 flags=S
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.12:80 SYN_RECV
conns director 3 *
END

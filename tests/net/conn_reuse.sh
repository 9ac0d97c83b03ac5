#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A SYN on a connection in TIME_WAIT or CLOSE is a new connection, for which a
# server is chosen anew; on an established one it is not, nor on one in FIN_WAIT, unless
# conn_reuse_mode says so, where the server's packets do not pass here.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -t $VIP:81 -s rr
-a -t $VIP:81 -r 10.0.2.11:81 -g
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
for 2000 2001 send client tcp 10.9.0.1:% > $VIP:81 flags=S
for 2000 2001 send client tcp 10.9.0.1:% > $VIP:81 flags=A
for 2000 2001 send client tcp 10.9.0.1:% > $VIP:81 flags=FA
for 2000 2001 conn director TCP 10.9.0.1:% $VIP:81 10.0.2.11:81 FIN_WAIT
run director $IPVSADM -a -t $VIP:81 -r 10.0.2.12:81 -g
run director $IPVSADM -e -t $VIP:81 -r 10.0.2.11:81 -g -w 0
send client tcp 10.9.0.1:2000 > $VIP:81 flags=S
conn director TCP 10.9.0.1:2000 $VIP:81 10.0.2.11:81 *
sysctl director net/ipv4/vs/conn_reuse_mode 2
send client tcp 10.9.0.1:2001 > $VIP:81 flags=S
conn director TCP 10.9.0.1:2001 $VIP:81 10.0.2.12:81 *
END

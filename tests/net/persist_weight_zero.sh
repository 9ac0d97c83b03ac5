#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Persistence outlives weight 0: the client still goes to its server, unless
# expire_quiescent_template says otherwise. It does not outlive removal.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr -p 300
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80
run director $IPVSADM -a -t $VIP:80 -r 10.0.2.12:80 -m
run director $IPVSADM -e -t $VIP:80 -r 10.0.2.11:80 -m -w 0
send client tcp 10.9.0.1:1001 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1001 > 10.0.2.11:80
send client tcp 10.9.0.2:1001 > $VIP:80 flags=S
expect server tcp 10.9.0.2:1001 > 10.0.2.12:80
sysctl director net/ipv4/vs/expire_quiescent_template 1
send client tcp 10.9.0.1:1002 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1002 > 10.0.2.12:80
run director $IPVSADM -e -t $VIP:80 -r 10.0.2.11:80 -m -w 1
run director $IPVSADM -d -t $VIP:80 -r 10.0.2.12:80
for 1003 1004 send client tcp 10.9.0.1:% > $VIP:80 flags=S
for 1003 1004 expect server tcp 10.9.0.1:% > 10.0.2.11:80
END

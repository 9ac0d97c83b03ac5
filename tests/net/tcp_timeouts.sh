#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# --set changes the times of established and closing TCP connections and of UDP
# from the next packet on; 0 leaves them.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
END
wire <<END
until director 900_120_300 $IPVSADM -L --timeout
send client udp 10.9.0.1:1000 > $VIP:53 size=1
expires director 290-300 UDP *
run director $IPVSADM --set 700 50 200
until director 700_50_200 $IPVSADM -L --timeout
send client udp 10.9.0.1:1000 > $VIP:53 size=1
expires director 190-200 UDP *
for 1000 1000 send client tcp 10.9.0.1:% > $VIP:80 flags=S
expires director 50-60 TCP *
for 1000 1000 send client tcp 10.9.0.1:% > $VIP:80 flags=A
expires director 690-700 TCP *
for 1000 1000 send server tcp 10.0.2.11:80 > 10.9.0.1:% flags=FA
expires director 40-50 TCP *
run director $IPVSADM --set 0 0 100
until director 700_50_100 $IPVSADM -L --timeout
refused director $IPVSADM --set -1 0 0
END

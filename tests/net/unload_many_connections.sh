#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The modules unload with many thousand connections and templates in the table.
# timeout: 240
# cpus: 2
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
-A -t $VIP:80 -s wlc -p 300
-a -t $VIP:80 -r 10.0.2.12:80 -i
END
wire <<END
flood client 8000 udp 10.9.0.1:0 > $VIP:53
flood client 4000 tcp 10.9.0.1:0 > $VIP:80 flags=S
conns director 8000 UDP *
conns director 4001 TCP *
END
check 'flush' ipvs -C
check 'unload' rmmod ip_vs_wlc ip_vs_rr ip_vs

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# drop_entry ends templates of a service of single packets for which no packet has come
# for a minute, and none before.
# kernel: debug, whose time passes at once where nobody uses it
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr -o -p 7200
-a -u $VIP:53 -r 10.0.2.11:53 -g
END
wire <<END
for 1 64 send client udp 10.9.0.%:1000 > $VIP:53
count server 64 udp * > $VIP:53
END
templates() {
	connections "$(pattern "$VIP:53")"
}
director sh -c 'echo 3 >/proc/sys/net/ipv4/vs/drop_entry' || fail 'drop_entry'
sleep 40
equal 'none yet' 64 "$(templates)"
sleep 120
left=$(templates)
[ "$left" -lt 64 ] || fail 'nor later'

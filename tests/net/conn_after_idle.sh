#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A connection that begins while the table falls idle, in the seconds after the last
# one has ended, still has its answers translated when those are over.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
END
ipvs --set 0 0 1
wire <<END
send client udp 10.9.0.1:1000 > $VIP:53 size=1
expect server udp 10.9.0.1:1000 > 10.0.2.11:53 size=1
END
gone() {
	ipvs -ln | grep -q '10.0.2.11:53 *Masq *1 *0 *0 *$'
}
until_true 20 gone || fail 'the first connection stays'
ipvs --set 0 0 100
sleep 4
wire <<END
send client udp 10.9.0.2:2000 > $VIP:53 size=2
expect server udp 10.9.0.2:2000 > 10.0.2.11:53 size=2
END
sleep 9
wire <<END
send server udp 10.0.2.11:53 > 10.9.0.2:2000 size=3
expect client udp $VIP:53 > 10.9.0.2:2000 size=3
END

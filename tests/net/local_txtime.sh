#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# When a local client wants its datagram to leave (SO_TXTIME), the queue of the device
# reads also of one that goes to a real server.
# kernel: stock, which has such a queue
. "$(dirname "$0")/lib_lab.sh"

lab
modprobe sch_fq || fail 'no fq in this kernel'
director tc qdisc add dev back root fq || fail 'fq'
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11 -g
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r 10.0.2.12 -i
END
# fq keeps nothing for longer than 10 s (its horizon): what is to leave later is lost.
sends() {
	echo "run director $top/build/net/send_at $VIP $1 $2"
}
wire <<END
$(sends 53 0)
expect server udp * > $VIP:53
$(sends 54 0)
expect server ipip * > 10.0.2.12 / udp * > $VIP:54
$(sends 53 3600)
$(sends 54 3600)
quiet server * * > *
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Services and servers come and go, and are flushed, while packets for them come;
# the last configuration works.
# cpus: 2
. "$(dirname "$0")/lib_lab.sh"

lab
wire <<END
run director $IPVSADM -A -t 10.7.7.7:80 -s rr
END
client "$top/build/net/wire" >"$TMPDIR/flood" <<END &
open front client front director front
run client touch $TMPDIR/ready
for 1 1000000 flood front 100 udp 10.9.0.1:0 > $VIP:53
END
flood=$!
until_true 20 test -e "$TMPDIR/ready" || fail 'no flood'
for scheduler in rr wrr lc wlc rr; do
	ipvs -R <<-END || fail 'configuration'
		-A -u $VIP:53 -s $scheduler
		-a -u $VIP:53 -r 10.0.2.11:53 -m
		-a -u $VIP:53 -r 10.0.2.12:53 -g
		-a -u $VIP:53 -r 10.0.2.13:53 -i -x 50
		-e -u $VIP:53 -r 10.0.2.11:53 -i -w 7
		-d -u $VIP:53 -r 10.0.2.12:53
		-E -u $VIP:53 -s wlc -p 2
		-a -u $VIP:53 -r 10.0.2.12:53 -m
		-d -u $VIP:53 -r 10.0.2.11:53
	END
	check "flush after $scheduler" ipvs -C
done
kill $flood
wait $flood 2>/dev/null
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.14:53 -m
END
wire <<END
send client udp 10.9.0.7:7 > $VIP:53 size=9
expect server udp 10.9.0.7:7 > 10.0.2.14:53 size=9 sum=good
END

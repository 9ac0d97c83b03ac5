#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A namespace goes with all its services, connections and templates while packets
# come in and it defends itself against them, and others stay as they are.
# cpus: 2
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr -p 100
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -u $VIP:53 -s wrr
-a -u $VIP:53 -r 10.0.2.11:53 -g
-a -u $VIP:53 -r 10.0.2.12:53 -i
END
wire <<END
flood client 1500 tcp 10.9.0.1:0 > $VIP:80 flags=S
flood client 1500 udp 10.9.0.1:0 > $VIP:53
conns director 3001 *
END
director sh -c 'for name in drop_entry drop_packet secure_tcp; do echo 3 >/proc/sys/net/ipv4/vs/$name; done'
client "$top/build/net/wire" >"$TMPDIR/flood" <<END &
open front client front director front
run client touch $TMPDIR/ready
flood front 1000000 udp 10.9.0.1:0 > $VIP:53
END
until_true 20 test -e "$TMPDIR/ready" || fail 'no flood'
on server "$IPVSADM" -A -t 10.7.0.1:80 -s rr
check 'delete it' ip netns delete director
gone() { ! ip -n client link show front; }
until_true 30 gone || fail 'its interfaces are still there'
wait
equal 'the other is as it was' '-A -t 10.7.0.1:80 -s rr' \
	"$(on server "$IPVSADM" -Sn | sed 's/ *$//')"
check 'the other works' on server "$IPVSADM" -C

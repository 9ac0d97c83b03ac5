#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A backup that knows a connection, but not its real server, translates the server's
# answer also where that comes in fragments.
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
both -A -u $VIP:53 -s rr
check 'a server of the master alone' ipvs -a -u $VIP:53 -r "$(real_address 1):5353" -m
check 'tell at once' director sysctl -qw 'net.ipv4.vs.sync_threshold=1 50'
start_daemons
background real1 socat -u "UDP$FAMILY-RECV:5353,reuseaddr" OPEN:/dev/null
wait_listen real1 udp 5353
head -c 9000 /dev/urandom >"$TMPDIR/file"
background client sh -c "{ echo question; sleep 600; } |
	socat -b 65536 - UDP$FAMILY:$VIP:53,bind=:4000 >$TMPDIR/answer"
knows backup 1 "UDP UDP $(pattern "$CLIENT:4000 $VIP:53 $(real_address 1):5353")"
ip -n real1 route replace default via "$(bare "$(host 2 2)")"
check 'an answer' on real1 socat -u -b 65536 "OPEN:$TMPDIR/file" \
	"UDP$FAMILY-DATAGRAM:$CLIENT:4000,bind=:5353,reuseaddr"
until_true 20 cmp "$TMPDIR/file" "$TMPDIR/answer" || fail 'it did not arrive'
note 'ok: it arrived in the name of the virtual address'

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A master daemon whose interface lets nothing out ends all the same, however many
# messages wait: it is given a second for all of them, not for each.
. "$(dirname "$0")/lib_lab.sh"

lab
ip -n director -batch - <<END
link add stuck type veth peer name other
link set other up
link set stuck up
address add 10.0.3.1/24 dev stuck
END
check 'an interface that lets nothing out' director tc qdisc add dev stuck root tbf rate 8bit \
	burst 1600 limit 1000000
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
END
check 'a small socket, each packet is told' director sysctl -w net.ipv4.vs.sync_sock_size=4608 \
	net.ipv4.vs.sync_threshold='0 1'
check 'a master, one connection a message' ipvs --start-daemon master --mcast-interface stuck \
	--sync-maxlen 1
wire <<END
for 1001 1200 send client udp 10.9.0.1:% > $VIP:53
count server 200 udp 10.9.0.1:* > 10.0.2.11:53
END
sent=$(ipvs -L --daemon --stats | awk '/messages sent/ { print $NF }')
[ "$sent" -lt 100 ] || fail "the interface has let $sent messages out"
note "ok: $sent of 200 messages sent"
running() { grep -qs '^ipvs-m' /run/threads/[0-9]*/comm; }
check 'the daemon runs' running
background director "$IPVSADM" --stop-daemon master
stop=$!
gone() { ! running; }
until_true 60 gone || fail 'the daemon does not end'
check 'and so does who stops it' wait $stop

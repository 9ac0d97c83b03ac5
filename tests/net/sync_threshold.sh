#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# sync_threshold decides which packets of a connection are told of, and
# sync_refresh_period how often at most.
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
serve_udp 53
service -u $VIP:53 -s rr -- -m 53
listen_sync backup
start_daemons --syncid 0

# talk PACKETS TOLD: one connection more, and how many tellings there are now.
talk() {
	equal "$1 packets" real1 "$(talk_udp 53 "$1")"
	until_equal 10 "$2" heard '^UDP'
	note "ok: told of $2 times by now"
}

check 'the 2nd of every 5' director sysctl -w net.ipv4.vs.sync_threshold='2 5'
talk 11 2
talk 12 5
check 'the 4th alone' director sysctl -w net.ipv4.vs.sync_threshold='4 0'
talk 3 5
talk 9 6
check 'each 2nd, but at most one in 60 s' director sysctl -w net.ipv4.vs.sync_threshold='1 2' \
	net.ipv4.vs.sync_refresh_period=60
talk 9 7

# What was not due must not come later either: a daemon that stops says all it has.
check 'stop the master' ipvs --stop-daemon master
check 'the last word' director "$programs/sync_forge" send back good-1
until_true 10 heard '198.51.100.1:' || fail 'the last word was not heard'
equal 'told of' 7 "$(heard '^UDP')"

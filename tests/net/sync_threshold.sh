#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# sync_threshold decides which packets of a connection are told of.
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
serve_udp 53
service -u $VIP:53 -s rr -- -m 53
check 'with the 2nd of 5' director sysctl -w net.ipv4.vs.sync_threshold='2 5'
listen_sync backup
start_daemons --syncid 0

equal '13 packets' real1 "$(talk_udp 53 13)"
until_equal 10 3 heard '^UDP'
note 'ok: told of three times: with packets 2, 7 and 12'

check 'with the 4th alone' director sysctl -w net.ipv4.vs.sync_threshold='4 0'
equal '13 packets' real1 "$(talk_udp 53 13)"
until_equal 10 4 heard '^UDP'
note 'ok: told of once'

check 'at most each 60 s' director sysctl -w net.ipv4.vs.sync_threshold='1 2' \
	net.ipv4.vs.sync_refresh_period=60
equal '13 packets' real1 "$(talk_udp 53 13)"
until_equal 10 5 heard '^UDP'

# What is not told must not come later: the daemon says the rest when it stops.
check 'stop the master' ipvs --stop-daemon master
equal 'told of once in that time' 5 "$(heard '^UDP')"

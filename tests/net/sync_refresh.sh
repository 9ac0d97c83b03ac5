#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With sync_refresh_period a connection is told of again when its end has moved by that
# much, and sync_retries times after an eighth of it, should the first have been lost.
# kernel: debug, whose time passes at once where nobody uses it
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
serve_udp 53
service -u $VIP:53 -s rr -- -m 53
check 'seconds between two' director sysctl -qw net.ipv4.vs.sync_refresh_period=80
check 'repetitions' director sysctl -qw net.ipv4.vs.sync_retries=2
check 'any packet' director sysctl -qw 'net.ipv4.vs.sync_threshold=0 0'
listen_sync backup
start_daemons --syncid 0

coproc CLIENT_PROGRAM {
	"$enter" client bash -c "exec 3<>/dev/udp/$VIP/53
		while read -r _; do echo question >&3; head -n 1 <&3; done"
}

# after SECONDS TOLD: since the last packet; how often it has been told of by then.
after() {
	sleep "$1"
	echo >&"${CLIENT_PROGRAM[1]}"
	read -r -t 60 _ <&"${CLIENT_PROGRAM[0]}" || fail 'no answer'
	sleep 5
	equal "$1 s later, it has been told of" "$2" "$(heard '^UDP ')"
}
after 0 1
after 0 1
after 6 2
after 0 2
after 6 3
after 8 3
after 30 3
after 40 4
after 6 5

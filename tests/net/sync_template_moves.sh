#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A client whose server is gone gets another, and the backup, which knew the old one,
# sends it there after a take-over.
. "$(dirname "$0")/lib_sync.sh"

topology 3 backup
serve_udp 53
service -u $VIP:53 -s rr -p 300 -- -m 53
start_daemons --syncid 0

template() {
	entries "$1" "$CLIENT:0 " | awk '{ print $NF }'
}
first=$(ask_udp 53)
until_equal 20 "$(template director)" template backup
note "ok: the backup has $(template backup)"
both -d -u $VIP:53 -r "$(real_address "${first#real}"):53"
second=$(ask_udp 53)
[ "$first" != "$second" ] || fail "$first answers, which is gone"
until_equal 20 "$(template director)" template backup
note "ok: the backup has $(template backup)"
equal 'its server' "$(real_address "${second#real}"):53" "$(template backup)"

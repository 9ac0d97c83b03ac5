#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# UDP: a client's port is told of with its third packet (sync_threshold "3 50"),
# not before, and with all of its tuple.
. "$(dirname "$0")/lib_sync.sh"

topology 2 backup
serve_udp 53
service -u $VIP:53 -s rr -- -m 53
start_daemons --syncid 0

first=$(talk_udp 53 2)
second=$(talk_udp 53 3)
note "two packets to $first, three to $second"
knows director 2 UDP
# The first is older: were it told of, it would have arrived by then.
knows backup 1 UDP
equal 'it is the second one' "$(entries director "$(real_address "${second#real}"):53")" \
	"$(entries backup UDP)"

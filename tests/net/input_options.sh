#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A client that says by which way its packets are to go is not served: they are dropped, or
# go that way where accept_source_route says so.
. "$(dirname "$0")/lib_input.sh"

loose=8307040a0002fe over=8307080a0002fe broken=07020400

input_lab
{
	served "$good"
	served "$good" opt=94040000
	unserved "$good" opt=$broken
	unserved "$good" opt=$loose
	unserved "$good" opt=$over
	director_has ipv4/conf/all/accept_source_route 1
	sent "$good" opt=$loose
	for port in 1000 $((1000 + step)); do
		echo "for 53 55 expect server udp $good:$port > 10.0.2.254:% size=$step ttl=63"
	done
	echo "expect server tcp $good:1000 > 10.0.2.254:80 flags=S size=$step ttl=63"
	echo "expect server tcp $good:1000 > 10.0.2.254:80 flags=A size=$step ttl=63"
	# The director is where that way ends.
	served "$good" opt=$over
	served "$good"
	director_has ipv4/conf/all/accept_source_route 0
	unserved "$good" opt=$loose
	unserved "$good" opt=$over
} | input_wire

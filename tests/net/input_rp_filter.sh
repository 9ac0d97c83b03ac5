#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A client that routes out of another device than it comes in by is served only while
# rp_filter lets it, by the device's or by the setting for all.
. "$(dirname "$0")/lib_input.sh"

bad=10.8.0.77 nowhere=10.77.0.1

input_lab
{
	served "$good"
	served "$bad"
	served "$nowhere"
	for set in front all; do
		director_has ipv4/conf/$set/rp_filter 1
		unserved "$bad"
		served "$good"
		unserved "$nowhere"
		# any way back will do
		director_has ipv4/conf/$set/rp_filter 2
		served "$bad"
		unserved "$nowhere"
		director_has ipv4/conf/$set/rp_filter 0
		served "$bad"
		served "$nowhere"
	done
	# The way back moves under it.
	director_has ipv4/conf/front/rp_filter 1
	director_does ip route add "$bad" via $CLIENT
	served "$bad"
	director_does ip route del "$bad"
	unserved "$bad"
	director_does ip route add blackhole "$good"
	unserved "$good"
	director_does ip route del blackhole "$good"
	served "$good"
} | input_wire

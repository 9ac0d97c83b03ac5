#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Only a frame for the director itself is served or answers: not one for everybody or for
# another host, also where the device takes in what it sees.
. "$(dirname "$0")/lib_input.sh"

group=01:00:5e:00:00:01
[ "$FAMILY" = 4 ] || group=33:33:00:00:00:01
macs=(everybody:ff:ff:ff:ff:ff:ff "group:$group" stranger:02:00:00:00:01:77)

input_lab
{
	for mac in "${macs[@]}"; do
		echo "open ${mac%%:*} client front ${mac#*:}"
		echo "open ${mac%%:*}_back server back ${mac#*:}"
	done
	served "$good"
	answered "$good"
	for promiscuous in off on; do
		director_does ip link set front promisc $promiscuous
		director_does ip link set back promisc $promiscuous
		for mac in "${macs[@]}"; do
			door=${mac%%:*} unserved "$good"
			back_door=${mac%%:*}_back unanswered "$good"
			answered "$good"
		done
	done
	# Whose the frame is follows the address of the device.
	director_does ip link set front address 02:00:00:00:01:77
	door=stranger served "$good"
	sent "$good"
	past stranger
} | input_wire

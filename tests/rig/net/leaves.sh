#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A test that leaves a namespace with a service, and a process, behind.
ip netns add left-behind &&
	ip netns exec left-behind ipvsadm -A -t 192.0.2.1:80 -s rr || exit
setsid sleep 12345 &

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the planted defects need to show: a service and a real server come, are
# listed, and go.
. "$(dirname "$0")/../../net/lib.sh"
ip netns add director
ip -n director link add back type dummy
ip -n director address add 10.0.2.1/24 dev back
ip -n director link set back up
check 'a service' ipvs -A -t 10.0.1.100:80 -s rr
check 'a real server' ipvs -a -t 10.0.1.100:80 -r 10.0.2.11 -m
check 'listed' ipvs -Ln
check 'the service is removed' ipvs -D -t 10.0.1.100:80

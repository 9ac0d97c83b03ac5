#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Packets to one real server leave by the way that the rules have for the device by
# which they came, whatever the packet before had, in both families, also where
# nothing else is forwarded. A tunnel's packets are the director's own.
. "$(dirname "$0")/lib_policy.sh"

policy_lab
ip -n director rule add iif door lookup 100
ip -n director -6 rule add iif door lookup 100
ways_wire <<END
$(through client 1 server server)
$(through door 1 side server)
$(through client 2 server server)
sysctl director net/ipv4/ip_forward 0
sysctl director net/ipv6/conf/all/forwarding 0
$(through door 2 side server)
END
# A device that goes is held by nothing that we remember.
director ip link del side &
gone() { ! kill -0 $!; }
check 'the device goes at once' until_true 8 gone

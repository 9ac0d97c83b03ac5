#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Packets to one real server leave by the way that the rules have for their mark or
# their type of service, whatever the packet before had; by every method, in both
# families. A rule that has marked packets delivered here is about those that
# come, not about those that leave.
. "$(dirname "$0")/lib_policy.sh"

policy_lab
for family in -4 -6; do
	ip -n director $family -batch - <<-END || fail 'rules'
		rule add fwmark 5 lookup 100
		rule add tos 0x10 lookup 100
		rule add fwmark 6 lookup 101
		rule add fwmark 7 lookup 102
		route add local default dev lo table 101
		route add unreachable default table 102
	END
done
director nft -f - <<END
table inet marks {
	chain before {
		type filter hook prerouting priority mangle;
		udp dport { 20-22, 80-82 } meta mark set udp length map { 13 : 5, 14 : 6, 15 : 7 }
	}
}
END
ways_wire <<END
$(through client 1 server server)
$(through client 1 side side size=5)
$(through client 1 server server tos=32)
$(through client 1 side side tos=16)
$(through client 1 server server size=6)
for 0 2 send client udp 10.9.0.1:1000 > $VIP:2% size=7
for 0 2 send client udp [fd00:9::1]:1000 > [$VIP6]:8% size=7
quiet server * * > *
quiet side * * > *
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Packets to one real server leave by the way that the rules have for their mark or
# their type of service, whatever the packet before had; by every method, in both
# families. A rule that has marked packets delivered here is about those that
# come, not about those that leave.
. "$(dirname "$0")/lib_policy.sh"

# narrow CLIENT SERVICE OUTER ROUTER TOLD
narrow() {
	local packet="udp $1 > $2" outer=$3 router=$4 told=$5
	cat <<-END
		send client $packet size=1400 df=1
		expect side $outer / $packet
		send side $router mtu=1400 quote=120 / $outer / $packet size=1400 df=1
		expect client $told sum=good / $packet
		send client $packet size=1400 df=1
		expect client $told sum=good / $packet
		quiet side $packet
		send client $packet size=1401 df=1
		expect server ${outer%% *} * > ${outer##* } / $packet
		quiet client $told / $packet
	END
}

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
		udp dport { 20-22, 80-82 } meta mark set udp length map { 13 : 5, 14 : 6, 15 : 7, 1408 : 5 }
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
# What a router of that way says of a tunnel's width is for that way.
sysctl director net/ipv4/icmp_ratelimit 0
sysctl director net/ipv6/icmp/ratelimit 0
$(narrow 10.9.0.1:1000 "$VIP:82" 'ipip 10.0.5.1 > 10.8.0.11' \
	'icmp 10.0.5.254 > 10.0.5.1 type=3 code=4' "icmp $VIP > 10.9.0.1 type=3 code=4 mtu=1380")
$(narrow '[fd00:9::1]:1000' "[$VIP6]:82" 'ip6 fd00:5::1 > fd00:8::11' \
	'icmp6 fd00:5::254 > fd00:5::1 type=2 code=0' "icmp6 $VIP6 > fd00:9::1 type=2 code=0 mtu=1360")
END

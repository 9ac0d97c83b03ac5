#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With ignore_tunneled the director marks its own packets of no balanced protocol,
# so that what they carry passes the services by where the decapsulation leaves the
# mark. That of tunnel devices does not: what comes out of them is balanced. By either
# family in either.
. "$(dirname "$0")/lib_outer.sh"

lab
lab_six
modprobe -a ipip sit ip6_tunnel
# The first two may be there.
ip -n director link add tunl0 type ipip 2>/dev/null
ip -n director link add sit0 type sit 2>/dev/null
ip -n director -batch - <<END || fail 'tunnels'
link set tunl0 up
link set sit0 up
link add any6 type ip6tnl mode any local fd00:1::1
link set any6 up
END
for tables in iptables ip6tables; do
	director $tables -w -t nat -A INPUT -m conntrack --ctstate NEW -m ipvs --ipvs || fail 'the rule'
done
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -t [$VIP6]:80 -s rr
-a -t [$VIP6]:80 -r [fd00:2::11]:80 -m
END
counted() {
	local tables
	for tables in iptables ip6tables; do
		director $tables -w -t nat -L INPUT -vnx | awk 'NR == 3 { print $1 }'
	done | xargs
}
# tunneled MODE CLIENT: each family in each, and a question.
tunneled() {
	local four="tcp 10.9.0.$2" six="tcp [fd00:9::$2]"
	cat <<-END
		sysctl director net/ipv4/conf/tunl0/rp_filter 0
		sysctl director net/ipv4/conf/any6/rp_filter 0
		sysctl director net/ipv4/vs/ignore_tunneled $1
		send client ipip 10.9.0.$2 > 10.0.1.1 / $four:1000 > $VIP:80 flags=S
		expect server $four:1000 > 10.0.2.11:80 flags=S sum=good
		send client ip6 10.9.0.$2 > 10.0.1.1 / $six:1000 > [$VIP6]:80 flags=S
		expect server $six:1000 > [fd00:2::11]:80 flags=S sum=good
		send client ipip fd00:9::$2 > fd00:1::1 / $four:1001 > $VIP:80 flags=S
		expect server $four:1001 > 10.0.2.11:80 flags=S sum=good
		send client ip6 fd00:9::$2 > fd00:1::1 / $six:1001 > [$VIP6]:80 flags=S
		expect server $six:1001 > [fd00:2::11]:80 flags=S sum=good
		send client icmp 10.9.0.$2 > 10.0.1.1 type=8
		expect client icmp 10.0.1.1 > 10.9.0.$2 type=0
		send client icmp6 fd00:9::$2 > fd00:1::1 type=128
		expect client icmp6 fd00:1::1 > fd00:9::$2 type=129
	END
}
wire < <(tunneled 0 1)
equal 'not marked' '0 0' "$(counted)"
wire < <(tunneled 1 2)
equal 'the tunnels and the question marked' '3 3' "$(counted)"

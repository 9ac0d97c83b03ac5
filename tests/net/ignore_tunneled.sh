#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With ignore_tunneled the director marks its own packets of no balanced protocol,
# so that what they carry passes the services by where the decapsulation leaves the
# mark. That of tunnel devices does not: what comes out of them is balanced.
. "$(dirname "$0")/lib_lab.sh"

lab
ip -n director link add tunl0 type ipip 2>/dev/null # it may be there
ip -n director link set tunl0 up
director iptables -w -t nat -A INPUT -m conntrack --ctstate NEW -m ipvs --ipvs || fail 'the rule'
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
counted() {
	director iptables -w -t nat -L INPUT -vnx | awk 'NR == 3 { print $1 }'
}
tunneled() {
	cat <<-END
		sysctl director net/ipv4/conf/tunl0/rp_filter 0
		sysctl director net/ipv4/vs/ignore_tunneled $1
		send client ipip 10.9.0.$2 > 10.0.1.1 / tcp 10.9.0.$2:1000 > $VIP:80 flags=S
		expect server tcp 10.9.0.$2:1000 > 10.0.2.11:80 flags=S sum=good
		send client icmp 10.9.0.$2 > 10.0.1.1 type=8
		expect client icmp 10.0.1.1 > 10.9.0.$2 type=0
	END
}
wire < <(tunneled 0 1)
equal 'not marked' 0 "$(counted)"
wire < <(tunneled 1 2)
equal 'the tunnel and the question marked' 2 "$(counted)"

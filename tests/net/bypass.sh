#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A director on the way takes what is marked to a cache, whatever address it is for. When
# there is none, clients are refused or, with cache_bypass, get to the servers that they
# asked: the web over TCP, names over UDP, an upload; by both families.
. "$(dirname "$0")/lib_tun.sh"

topology 2
topology_six
serve_http 80
serve_dns
background real1 socat TCP6-LISTEN:81,ipv6only=0,reuseaddr,fork EXEC:sha256sum
wait_listen real1 tcp 81
# real1 is far away, real2 the cache, which takes everything for its own.
ip_lines client <<END
route add 10.0.2.0/24 via 10.0.1.1
route add fd00:2::/64 via fd00:1::1
END
ip_lines real2 <<END
address add 10.0.2.11/32 dev lo
address add fd00:2::11/128 dev lo nodad
END
on real2 sysctl -qw net.ipv4.conf.all.arp_ignore=1
for family in -4 -6; do
	ip -n director $family -batch - <<-END || fail 'rules'
		rule add fwmark 7 lookup 100
		route add local default dev lo table 100
	END
done
director nft -f - <<END
table inet marks {
	chain before {
		type filter hook prerouting priority mangle;
		iifname front tcp dport { 80, 81 } meta mark set 7
		iifname front udp dport 53 meta mark set 7
	}
}
END
cached() {
	ipvs -R <<-END || fail 'configuration'
		$1 -f 7 -r 10.0.2.12:0 ${2-}
		$1 -f 7 -6 -r [fd00:2::12]:0 ${2-}
	END
}
ipvs -A -f 7 -s rr
ipvs -A -f 7 -6 -s rr
cached -a -g
head -c 200000 /dev/urandom >"$TMPDIR/file"
sum=$(sha256sum <"$TMPDIR/file")

# answers NAME: who, over TCP and UDP, by IPv4 and IPv6.
answers() {
	local server
	for server in 10.0.2.11 fd00:2::11; do
		equal "the web of $server" "$1" "$(client curl -s --max-time 30 "http://$(bracket $server)/")"
		equal "names of $server" "$1" "$(ask_dns @$server)"
	done
}

answers real2
cached -d
for server in 10.0.2.11 '[fd00:2::11]'; do
	refuse 'there is no cache' client curl -sS --max-time 2 "http://$server/"
done
director sysctl -qw net.ipv4.vs.cache_bypass=1
answers real1
for server in 10.0.2.11 '[fd00:2::11]'; do
	equal "an upload to $server" "$sum" "$(client socat -t 60 -T 60 - "TCP:$server:81" <"$TMPDIR/file")"
done
cached -a -g
answers real2
cached -d
director sysctl -qw net.ipv4.vs.conntrack=1
director nft add rule inet marks before ct state new counter
answers real1
for server in 10.0.2.11 fd00:2::11; do
	family=ipv4
	[[ $server != *:* ]] || family=ipv6
	check "the way to $server is tracked" director sh -c \
		"conntrack -L -f $family -p tcp --dport 80 2>/dev/null | grep -q dst=$server"
done

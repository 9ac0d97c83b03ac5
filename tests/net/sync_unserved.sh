#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A backup knows a connection to an address that no service of its own has: packets of
# it go to the real server all the same, by each method, and errors about it to whom they
# are for; what others send there stays here. One that bypasses its service goes where the
# client wants to, though the kernel's own master names no server. A real server that
# comes later has the connection as soon as the master tells of it again, by the method
# that the server has here.
. "$(dirname "$0")/lib_lab.sh"

lab
check 'a service of another address' ipvs -R <<END
-A -u 10.0.1.200:53 -s rr
-a -u 10.0.1.200:53 -r 10.0.2.19:53 -m
END
check 'a backup' ipvs --start-daemon backup --mcast-interface back --syncid 7
ip -n director route add 198.51.100.0/24 via "$CLIENT"
forge=$top/build/net/sync_forge
# told NAME: of that case; its client.
told() {
	client=198.51.100.$("$forge" list | sed -n "/^$1 /=")
	check "a message: $1" on server "$forge" send back "$1"
	until_equal 20 1 director grep -c " $(printf C63364%02X "${client##*.}") " /proc/net/ip_vs_conn
}
told good-0
first=$client
wire <<END
send client tcp $client:4000 > $VIP:80 flags=A
expect server tcp $client:4000 > $VIP:80 flags=A
send client tcp $client:4001 > $VIP:80 flags=A
quiet server tcp $client:4001 > *:*
# A router's and the client's.
send server icmp 10.0.2.254 > $client $too_big mtu=1300 / tcp $client:4000 > $VIP:80 size=1400 df=1
expect client icmp 10.0.2.254 > $client $too_big mtu=1300 ttl=63 sum=good / tcp $client:4000 > $VIP:80
send client icmp $client > $VIP $no_port / tcp $VIP:80 > $client:4000 size=9
expect server icmp $client > $VIP $no_port ttl=63 sum=good / tcp $VIP:80 > $client:4000
END
told masquerade
wire <<END
send client tcp $client:4000 > $VIP:80 flags=A
expect server tcp $client:4000 > 10.0.2.11:8080 flags=A
send server tcp 10.0.2.11:8080 > $client:4000 flags=A
expect client tcp $VIP:80 > $client:4000 flags=A sum=good
send server icmp 10.0.2.254 > $client $too_big mtu=1300 / tcp $client:4000 > 10.0.2.11:8080 size=1400 df=1
expect client icmp $VIP > $client $too_big mtu=1300 ttl=63 sum=good / tcp $client:4000 > $VIP:80
send client icmp $client > $VIP $no_port / tcp $VIP:80 > $client:4000 size=9
expect server icmp $client > 10.0.2.11 $no_port ttl=63 sum=good / tcp 10.0.2.11:8080 > $client:4000
END
# In tree one by tunnel goes nowhere.
[ -n "${IN_TREE-}" ] || {
	told tunnel
	wire <<-END
		send client tcp $client:4000 > $VIP:80 flags=A
		expect server ipip 10.0.2.1 > 10.0.2.11 / tcp $client:4000 > $VIP:80 flags=A
		send client icmp $client > $VIP $no_port / tcp $VIP:80 > $client:4000 size=9
		expect server ipip 10.0.2.1 > 10.0.2.11 / icmp $client > $VIP $no_port sum=good / tcp $VIP:80 > $client:4000
		send server icmp 10.0.2.254 > $client $no_port / tcp $client:4000 > $VIP:80 size=9
		expect client icmp 10.0.2.254 > $client $no_port ttl=63 sum=good / tcp $client:4000 > $VIP:80
		send server icmp 10.0.2.254 > 10.0.2.1 type=3 code=1 quote=128 / ipip 10.0.2.1 > 10.0.2.11 / tcp $client:4000 > $VIP:80 size=9
		expect client icmp $VIP > $client type=3 code=1 sum=good / tcp $client:4000 > $VIP:80 size=9
	END
}

told good-1
check 'the service' ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -g
END
equal 'connections of the server' 0 "$(dest_field 1 3)"
told good-0
until_equal 20 1 dest_field 1 3
check 'NAT from now on' ipvs -e -t $VIP:80 -r 10.0.2.11:80 -m
told good-1
until_equal 20 2 dest_field 1 3
# In tree the one by direct routing then has the route of the one by NAT, and is lost.
wire <<END
send client tcp $client:4000 > $VIP:80 flags=A
expect server tcp $client:4000 > 10.0.2.11:80 flags=A
$([ -n "${IN_TREE-}" ] || echo "
send client tcp $first:4000 > $VIP:80 flags=A
expect server tcp $first:4000 > $VIP:80 flags=A")
END

told bypass
ip -n director -batch - <<END || fail 'rules'
rule add fwmark 7 lookup 100
route add local default dev lo table 100
END
director nft -f - <<END
table ip marks {
	chain before {
		type filter hook prerouting priority mangle;
		ip daddr 10.8.0.5 meta mark set 7
	}
}
END
wire <<END
send client tcp $client:4000 > 10.8.0.5:80 flags=A
expect server tcp $client:4000 > 10.8.0.5:80 flags=A
send client tcp $client:4001 > 10.8.0.5:80 flags=A
quiet server tcp $client:4001 > *:*
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A backup knows a connection to an address that no service of its own has: packets of
# it go to the real server all the same, and what others send there stays here. One that
# bypasses its service goes where the client wants to, though the kernel's own master
# names no server. A real server that comes later has the connection as soon as the
# master tells of it again, by the method that the server has here.
. "$(dirname "$0")/lib_lab.sh"

lab
check 'a service of another address' ipvs -R <<END
-A -u 10.0.1.200:53 -s rr
-a -u 10.0.1.200:53 -r 10.0.2.19:53 -m
END
check 'a backup' ipvs --start-daemon backup --mcast-interface back --syncid 7
check 'a message' on server "$top/build/net/sync_forge" send back good-0
until_equal 20 1 director grep -c C633 /proc/net/ip_vs_conn
client=198.51.100.$((16#$(director sed -n 's/.* C63364\(..\) .*/\1/p' /proc/net/ip_vs_conn)))
wire <<END
send client tcp $client:4000 > $VIP:80 flags=A
expect server tcp $client:4000 > $VIP:80 flags=A
send client tcp $client:4001 > $VIP:80 flags=A
quiet server tcp $client:4001 > *:*
END

check 'of another client' on server "$top/build/net/sync_forge" send back good-1
until_equal 20 2 director grep -c C633 /proc/net/ip_vs_conn
check 'the service' ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -g
END
equal 'connections of the server' 0 "$(dest_field 1 3)"
check 'the first again' on server "$top/build/net/sync_forge" send back good-0
until_equal 20 1 dest_field 1 3
check 'NAT from now on' ipvs -e -t $VIP:80 -r 10.0.2.11:80 -m
check 'the other again' on server "$top/build/net/sync_forge" send back good-1
until_equal 20 2 dest_field 1 3
wire <<END
send client tcp 198.51.100.1:4000 > $VIP:80 flags=A
expect server tcp 198.51.100.1:4000 > 10.0.2.11:80 flags=A
send client tcp $client:4000 > $VIP:80 flags=A
expect server tcp $client:4000 > $VIP:80 flags=A
END

check 'another message' on server "$top/build/net/sync_forge" send back bypass
until_equal 20 3 director grep -c C633 /proc/net/ip_vs_conn
client=198.51.100.$((16#$(director sed -n 's/.* C63364\(..\) .* 0A080005 0050 .*/\1/p' /proc/net/ip_vs_conn)))
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

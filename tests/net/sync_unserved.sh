#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A backup knows a connection to an address that no service of its own has: packets of
# it go to the real server all the same, and what others send there stays here. One that
# bypasses its service goes where the client wants to, though the kernel's own master
# names no server.
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

check 'another message' on server "$top/build/net/sync_forge" send back bypass
until_equal 20 2 director grep -c C633 /proc/net/ip_vs_conn
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

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Persistence of a marked service holds across addresses, ports and protocols; the
# port is the client's choice, whatever port the server has.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -f 7 -s rr -p 300
-a -f 7 -r 10.0.2.11:0 -m
-a -f 7 -r 10.0.2.12:8080 -m
END
ip -n director address add 10.0.1.101/32 dev front
director nft -f - <<END
table ip marks {
	chain before {
		type filter hook prerouting priority mangle;
		ip daddr { $VIP, 10.0.1.101 } meta mark set 7
	}
}
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
learn MINE dst server tcp 10.9.0.1:1000 > *:80
send client tcp 10.9.0.1:1001 > 10.0.1.101:443 flags=S
expect server tcp 10.9.0.1:1001 > @MINE:443
send client udp 10.9.0.1:1002 > $VIP:53
expect server udp 10.9.0.1:1002 > @MINE:53
send client udp 10.9.0.2:1002 > $VIP:53
learn OTHER dst server udp 10.9.0.2:1002 > *:53
differ @MINE @OTHER
conn director IP 10.9.0.1:0 0.0.0.7:0 @MINE:0 *
conns director 2 IP *
END

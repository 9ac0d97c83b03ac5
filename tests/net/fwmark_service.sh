#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A service of a mark takes what the firewall marked so, whatever its address, port
# and protocol; a server of port 0 gets the port that the client asked for.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -f 7 -s rr
-a -f 7 -r 10.0.2.11:0 -g
-A -f 8 -s rr
-a -f 8 -r 10.0.2.12:8080 -m
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.13:80 -m
END
ip -n director address add 10.0.1.101/32 dev front
director nft -f - <<END
table ip marks {
	chain before {
		type filter hook prerouting priority mangle;
		tcp dport { 80, 443 } ip saddr 10.9.0.1 meta mark set 7
		udp dport 53 meta mark set 7
		tcp dport 81 meta mark set 8
		tcp dport 82 meta mark set 9
	}
}
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > $VIP:80 flags=S
send client tcp 10.9.0.1:1000 > 10.0.1.101:443 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.1.101:443 flags=S
send client udp 10.9.0.1:1000 > 10.0.1.101:53
expect server udp 10.9.0.1:1000 > 10.0.1.101:53
send client tcp 10.9.0.1:1000 > $VIP:81 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.12:8080 flags=S
send server tcp 10.0.2.12:8080 > 10.9.0.1:1000 flags=SA
expect client tcp $VIP:81 > 10.9.0.1:1000 flags=SA sum=good
# Not marked, or with another mark, the address counts.
send client tcp 10.9.0.2:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.2:1000 > 10.0.2.13:80 flags=S
send client tcp 10.9.0.1:1000 > $VIP:82 flags=S
expect client tcp $VIP:82 > 10.9.0.1:1000 flags=RA
conn director TCP 10.9.0.1:1000 10.0.1.101:443 10.0.2.11:443 SYN_RECV
conns director 5 *
until director FWM_+7_rr $IPVSADM -ln
END

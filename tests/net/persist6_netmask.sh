#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# IPv6: with a prefix length persistence holds for a network of clients; a service
# of a mark takes what the firewall marked so, and only of its family.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr -p 300 -M 64
-a -u $VIP:53 -r [fd00:2::11]:53 -m
-a -u $VIP:53 -r [fd00:2::12]:53 -m
-A -f 7 -6 -s rr -p 300 -M 128
-a -f 7 -r [fd00:2::13]:0 -m -6
-A -f 7 -s rr
END
director nft -f - <<END
table ip6 marks {
	chain before {
		type filter hook prerouting priority mangle;
		tcp dport 81 meta mark set 7
	}
}
END
wire <<END
send client udp [fd09::1]:1000 > $VIP:53
learn MINE dst server udp [fd09::1]:1000 > *:53
for 2 9 send client udp [fd09::%]:1000 > $VIP:53
count server 8 udp *:1000 > [@MINE]:53
send client udp [fd09:0:0:1::1]:1000 > $VIP:53
learn OTHER dst server udp [fd09:0:0:1::1]:1000 > *:53
differ @MINE @OTHER
conn director UDP [fd09::]:0 $VIP:53 [@MINE]:53 *
conn director UDP [fd09:0:0:1::]:0 $VIP:53 [@OTHER]:53 *
conns director 2 UDP *:0 *
send client tcp [fd09::1]:1000 > $VIP:81 flags=S
expect server tcp [fd09::1]:1000 > [fd00:2::13]:81 flags=S
send server tcp [fd00:2::13]:81 > [fd09::1]:1000 flags=SA
expect client tcp $VIP:81 > [fd09::1]:1000 flags=SA sum=good
conn director TCP [fd09::1]:1000 $VIP:81 [fd00:2::13]:81 *
until director FWM_+7_IPv6_rr $IPVSADM -ln
END

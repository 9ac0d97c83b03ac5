#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A program looks at each packet before we do (nfnetlink_queue), as an inline IPS: what
# it lets pass is balanced, though it comes in that program's system call.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.12:53 -g
END
director nft -f - <<END || fail 'rules'
table ip ips {
	chain in {
		type filter hook input priority 0;
		meta l4proto { tcp, udp } counter queue num 7
	}
	chain through {
		type filter hook forward priority 0;
		meta l4proto { tcp, udp } counter queue num 7
	}
}
END
background director "$top/build/net/queue_accept" 7
bound() { director grep -q '^ *7 ' /proc/net/netfilter/nfnetlink_queue; }
until_true 20 bound || fail 'no program at the queue'
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 flags=S sum=good
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=SA
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=SA sum=good
send client tcp 10.9.0.1:1000 > $VIP:80 flags=A
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 flags=A
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.11:80 ESTABLISHED
send client udp 10.9.0.1:1000 > $VIP:53
expect server udp 10.9.0.1:1000 > $VIP:53
END
equal 'packets looked at' '3 1' "$(director nft list table ip ips |
	grep -o 'packets [0-9]*' | awk '{ printf "%s%s", separator, $2; separator = " " }')"

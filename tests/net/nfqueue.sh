#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A program looks at each packet before we do (nfnetlink_queue), as an inline IPS: what
# it lets pass is balanced, though it comes in that program's system call.
. "$(dirname "$0")/lib_lab.sh"

client=$(away 9 1) tcp=$(host 2 11) udp=$(host 2 12)

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $tcp:80 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $udp:53 -g
END
director nft -f - <<END || fail 'rules'
table inet ips {
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
send client tcp $client:1000 > $VIP:80 flags=S
expect server tcp $client:1000 > $tcp:80 flags=S sum=good
send server tcp $tcp:80 > $client:1000 flags=SA
expect client tcp $VIP:80 > $client:1000 flags=SA sum=good
send client tcp $client:1000 > $VIP:80 flags=A
expect server tcp $client:1000 > $tcp:80 flags=A
conn director TCP $client:1000 $VIP:80 $tcp:80 ESTABLISHED
send client udp $client:1000 > $VIP:53
expect server udp $client:1000 > $VIP:53
END
equal 'packets looked at' '3 1' "$(director nft list table inet ips |
	grep -o 'packets [0-9]*' | awk '{ printf "%s%s", separator, $2; separator = " " }')"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Connection tracking that others use sees nothing of what is balanced, unless it
# is told to: no entries, and the packets are untracked on their way out. A tunnel's
# own packet is a flow of the director's, as any.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
-A -t $VIP:81 -s rr
-a -t $VIP:81 -r 10.0.2.11:81 -g
-A -t $VIP:82 -s rr
-a -t $VIP:82 -r 10.0.2.11:82 -i
-A -t $VIP:83 -s rr
-a -t $VIP:83 -r 10.0.1.1:83 -m
END
director nft -f - <<END
table ip watch {
	chain out {
		type filter hook postrouting priority 300
		oifname "back" ip protocol { tcp, udp } ct state untracked counter accept
		oifname "back" ip protocol { tcp, udp } counter
	}
}
END
[ -n "${IN_TREE-}" ] || equal 'who uses nf_conntrack' '' \
	"$(lsmod | awk '$1 == "nf_conntrack" && $4 ~ /ip_vs/ { print $4 }')"
wire <<END
for 1000 1004 send client tcp 10.9.0.1:% > $VIP:80 flags=S
for 1000 1004 expect server tcp 10.9.0.1:% > 10.0.2.11:80 flags=S
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=SA
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=SA
send client udp 10.9.0.1:1000 > $VIP:53
expect server udp 10.9.0.1:1000 > 10.0.2.11:53
send client tcp 10.9.0.1:1000 > $VIP:81 flags=S
expect server tcp 10.9.0.1:1000 > $VIP:81 flags=S
send client tcp 10.9.0.1:1000 > $VIP:82 flags=S
expect server ipip 10.0.2.1 > 10.0.2.11 / tcp 10.9.0.1:1000 > $VIP:82 flags=S
send client tcp 10.9.0.1:1000 > $VIP:83 flags=S
expect client tcp $VIP:83 > 10.9.0.1:1000 flags=RA
END
equal 'entries of what is balanced' '' \
	"$(director conntrack -L 2>/dev/null | grep -v '^ipencap\|^unknown *4 ')"
equal 'entries of the tunnel' 1 "$(director conntrack -L 2>/dev/null | grep -c '^ipencap\|^unknown *4 ')"
equal 'packets, untracked and tracked' '7 0' "$(director nft list table ip watch |
	grep -o 'packets [0-9]*' | awk '{ printf "%s%s", separator, $2; separator = " " }')"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The match "ipvs" of ip6tables: addresses of IPv6, and the direction, which only
# connection tracking knows.
FAMILY=6
. "$(dirname "$0")/lib_xt.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r [fd00:2::11]:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [fd00:2::12]:53 -g
END
check 'tracked' director sysctl -qw net.ipv4.vs.conntrack=1
check '... by netfilter' director ip6tables -w -A FORWARD -m conntrack --ctstate INVALID
vip=$(bare $VIP)
# NAT 3 and its answers 2, direct 4, other 1. Only --ipvs finds answers.
count_matches <<END
3 POSTROUTING --ipvs -p tcp -d fd00:2::11
0 POSTROUTING ! --ipvs -p tcp -d fd00:2::11
1 POSTROUTING ! --ipvs -d fd08::1
7 POSTROUTING --vaddr $vip
0 POSTROUTING ! --vaddr $vip
7 POSTROUTING --vaddr fd00:1::/64
0 POSTROUTING --vaddr fd00:1::101
0 POSTROUTING --vaddr fd00:2::/64
7 POSTROUTING ! --vaddr fd00:2::/64
3 POSTROUTING --vproto tcp
4 POSTROUTING --vmethod GATE
3 POSTROUTING --vport 80
7 POSTROUTING --vdir ORIGINAL
0 POSTROUTING --vdir REPLY
3 POSTROUTING --vproto tcp --vdir ORIGINAL
0 POSTROUTING --vproto udp --vdir REPLY
END
wire <<END
for 1 3 send client tcp [fd09::1]:% > $VIP:80 flags=S
count server 3 tcp [fd09::1]:* > [fd00:2::11]:8080
for 1 2 send server tcp [fd00:2::11]:8080 > [fd09::1]:% flags=SA
count client 2 tcp $VIP:80 > [fd09::1]:*
for 1 4 send client udp [fd09::2]:% > $VIP:53 size=1
count server 4 udp [fd09::2]:* > $VIP:53
send client udp [fd09::4]:1 > [fd08::1]:1 size=1
expect server udp [fd09::4]:1 > [fd08::1]:1
END
matches_counted

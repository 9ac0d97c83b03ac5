#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The match "ipvs" of iptables, each option and its opposite, by what the rules
# count of known packets.
. "$(dirname "$0")/lib_xt.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.12:53 -g
-A -t $VIP:82 -s rr -p 60
-a -t $VIP:82 -r 10.0.2.13:82 -m
END

# PACKETS CHAIN OPTION...: NAT 3 and its answers 2, direct 4, persistent 5, other 1.
count_matches <<END
14 POSTROUTING --ipvs
1 POSTROUTING ! --ipvs
8 POSTROUTING --vproto tcp
4 POSTROUTING ! --vproto tcp
12 POSTROUTING --vaddr $VIP
0 POSTROUTING ! --vaddr $VIP
12 POSTROUTING --vaddr 10.0.1.0/24
0 POSTROUTING --vaddr 10.0.2.0/24
12 POSTROUTING ! --vaddr 10.0.2.0/24
3 POSTROUTING --vport 80
9 POSTROUTING ! --vport 80
8 POSTROUTING --vmethod MASQ
4 POSTROUTING ! --vmethod MASQ
4 POSTROUTING --vmethod GATE
0 POSTROUTING --vmethod IPIP
5 POSTROUTING --vportctl 82
7 POSTROUTING ! --vportctl 82
0 POSTROUTING --vdir ORIGINAL
0 POSTROUTING --vdir REPLY
5 POSTROUTING --vproto tcp --vport 82 --vmethod MASQ
3 POSTROUTING --vproto tcp ! --vport 82
0 POSTROUTING --vproto udp --vmethod MASQ
0 INPUT --ipvs
12 INPUT ! --ipvs
0 INPUT --vport 80
END
wire <<END
for 1 3 send client tcp 10.9.0.1:% > $VIP:80 flags=S
count server 3 tcp 10.9.0.1:* > 10.0.2.11:8080
for 1 2 send server tcp 10.0.2.11:8080 > 10.9.0.1:% flags=SA
count client 2 tcp $VIP:80 > 10.9.0.1:*
for 1 4 send client udp 10.9.0.2:% > $VIP:53 size=1
count server 4 udp 10.9.0.2:* > $VIP:53
for 1 5 send client tcp 10.9.0.3:% > $VIP:82 flags=S
count server 5 tcp 10.9.0.3:* > 10.0.2.13:82
send client udp 10.9.0.4:1 > 10.8.0.1:1 size=1
expect server udp 10.9.0.4:1 > 10.8.0.1:1
END
matches_counted
check 'its module is there' grep -q '^xt_ipvs ' /proc/modules
refuse 'ip_vs cannot go while the rules are' rmmod ip_vs
check 'no rules' director iptables -w -t mangle -F
check 'no services' ipvs -C
until_true 20 rmmod xt_ipvs || fail 'xt_ipvs stays'

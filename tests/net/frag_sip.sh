#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The SIP engine finds a call's name in whichever fragment it is, or across two, and
# what a server begins with is in the service's name where it comes in fragments.
. "$(dirname "$0")/lib_lab.sh"

for number in 1 2; do
	clients[number]=$(away 9 $number)
done
lab
ipvs -R <<END
-A -u $VIP:5060 -s rr -p 60 -M $([ "$FAMILY" = 4 ] && echo 255.255.0.0 || echo 64) --pe sip
-a -u $VIP:5060 -r $(host 2 11):5060 -m
-a -u $VIP:5060 -r $(host 2 12):5060 -m
END
# What is small is surely cut again in IPv4 only.
first=$([ "$FAMILY" = 4 ] && echo 'off=0 mf=1' || echo off=0)
# The fragment at 48 begins with "e@a".
long() { printf 'data=A\\r\\nTo:%028d\\r\\ni:%s\\r\\nSubject:%030d\\r\\n\\r\\n' 0 "$1" 0; }
wire <<END
send client udp ${clients[1]}:1000 > $VIP:5060 data=A\r\ni:one@a\r\n\r\n
learn MINE dst server udp ${clients[1]}:1000 > *:5060
send client udp ${clients[2]}:1000 > $VIP:5060 $(long one@a) id=1 frag=48+all
send client udp ${clients[2]}:1000 > $VIP:5060 $(long one@a) id=1 frag=0+48
expect server udp ${clients[2]}:1000 > [@MINE]:5060 $first
$([ "$FAMILY" = 6 ] || echo "expect server udp ${clients[2]} > [@MINE] off=48 mf=0")
send client udp ${clients[2]}:1001 > $VIP:5060 $(long one@a) id=2 frag=0+24
send client udp ${clients[2]}:1001 > $VIP:5060 $(long one@a) id=2 frag=24+all
expect server udp ${clients[2]}:1001 > [@MINE]:5060 $first
# The first of a call.
send client udp ${clients[1]}:1002 > $VIP:5060 $(long two@a) id=3 frag=0+48
send client udp ${clients[1]}:1002 > $VIP:5060 $(long two@a) id=3 frag=48+all
learn OTHER dst server udp ${clients[1]}:1002 > *:5060 $first
differ @MINE @OTHER
send client udp ${clients[2]}:1003 > $VIP:5060 data=A\r\ni:two@a\r\n\r\n
expect server udp ${clients[2]}:1003 > [@OTHER]:5060
until director _sip_two@a cat /proc/net/ip_vs_conn
# Without a call in any, nothing.
send client udp ${clients[1]}:1004 > $VIP:5060 size=100 id=4 frag=0+48
send client udp ${clients[1]}:1004 > $VIP:5060 size=100 id=4 frag=48+all
quiet server udp ${clients[1]}:1004 > *
send server udp [@OTHER]:5060 > ${clients[1]}:1005 $(long one@b) id=5 frag=48+all
send server udp [@OTHER]:5060 > ${clients[1]}:1005 $(long one@b) id=5 frag=0+48
expect client udp $VIP:5060 > ${clients[1]}:1005 $first
# ... and its call is at that server.
for 1 2 send client udp ${clients[2]}:200% > $VIP:5060 data=A\r\ni:one@b\r\n\r\n
count server 2 udp ${clients[2]}:* > [@OTHER]:5060
END

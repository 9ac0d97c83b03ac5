#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The SIP engine: packets of one call go to one server, whichever client of the
# network sends them; each call gets its own. What tells no call is dropped.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:5060 -s rr -p 60 -M 255.255.0.0 --pe sip
-a -u $VIP:5060 -r 10.0.2.11:5060 -m
-a -u $VIP:5060 -r 10.0.2.12:5060 -m
END
long=$(printf '%0255d' 0)
wire <<END
send client udp 10.9.0.1:1000 > $VIP:5060 data=A\r\ni:one@a\r\n\r\n
learn MINE dst server udp 10.9.0.1:1000 > *:5060
send client udp 10.9.0.1:1001 > $VIP:5060 data=A\r\nTo:x\r\nCALL-id\s:\s\sone@a\r\n\r\n
expect server udp 10.9.0.1:1001 > @MINE:5060
send client udp 10.9.0.2:1000 > $VIP:5060 data=A\r\ni:one@a\r\n\r\n
expect server udp 10.9.0.2:1000 > @MINE:5060
send client udp 10.9.0.1:1002 > $VIP:5060 data=A\r\ni:two@a\r\n\r\n
learn OTHER dst server udp 10.9.0.1:1002 > *:5060
differ @MINE @OTHER
send client udp 10.9.0.2:1002 > $VIP:5060 data=A\r\ni:two@a\r\n\r\n
expect server udp 10.9.0.2:1002 > @OTHER:5060
send client udp 10.9.0.2:1003 > $VIP:5060 data=A\r\ni:one@a\r\n\r\n
expect server udp 10.9.0.2:1003 > @MINE:5060
# A network of its own has its own call of that name.
send client udp 10.0.1.10:1000 > $VIP:5060 data=A\r\ni:two@a\r\n\r\n
expect server udp 10.0.1.10:1000 > @MINE:5060
conns director 3 UDP *:0 $VIP:5060 *
conns director 10 *
until director _sip_one@a cat /proc/net/ip_vs_conn
until director _sip_two@a cat /proc/net/ip_vs_conn
# A connection that is known asks for no call.
send client udp 10.9.0.1:1000 > $VIP:5060 size=3
expect server udp 10.9.0.1:1000 > @MINE:5060 size=3
# The longest, and one that is longer.
send client udp 10.9.0.3:1 > $VIP:5060 data=A\r\ni:$long\r\n\r\n
expect server udp 10.9.0.3:1 > *:5060
send client udp 10.9.0.3:2 > $VIP:5060 data=A\r\ni:1$long\r\n\r\n
send client udp 10.9.0.3:3 > $VIP:5060 data=A\r\ni:one@a
send client udp 10.9.0.3:4 > $VIP:5060 data=A\r\ni:one\sa\r\n\r\n
send client udp 10.9.0.3:5 > $VIP:5060 data=i:one@a\r\n\r\n
send client udp 10.9.0.3:6 > $VIP:5060 data=\r\n\r\n
send client udp 10.9.0.3:7 > $VIP:5060 size=1
send client udp 10.9.0.3:8 > $VIP:5060
quiet server udp 10.9.0.3:* > *:*
quiet client icmp $VIP > 10.9.0.3
conns director 1 UDP 10.9.0.3:* *
END
# Without the engine the client network alone decides.
check 'the module of the engine came by itself' grep -q '^ip_vs_pe_sip ' /proc/modules
refuse 'it cannot go' rmmod ip_vs_pe_sip
equal 'it is saved' '-A -u 10.0.1.100:5060 -s rr -p 60 -M 255.255.0.0 --pe sip' \
	"$(ipvs -Sn | head -n 1 | sed 's/ *$//')"
check 'edit it away' ipvs -E -u $VIP:5060 -s rr -p 60 -M 255.255.0.0
equal 'it is gone' '-A -u 10.0.1.100:5060 -s rr -p 60 -M 255.255.0.0' \
	"$(ipvs -Sn | head -n 1 | sed 's/ *$//')"
wire <<END
send client udp 10.9.1.1:1000 > $VIP:5060 size=1
learn NET dst server udp 10.9.1.1:1000 > *:5060
send client udp 10.9.1.2:1000 > $VIP:5060 data=A\r\ni:three@a\r\n\r\n
expect server udp 10.9.1.2:1000 > @NET:5060
# Four of calls, and the network's.
conns director 5 UDP *:0 $VIP:5060 *
END
refuse 'an unknown engine' ipvs -A -u $VIP:5061 -s rr -p 60 --pe nosuch

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A real server of a SIP service may begin: it does so in the service's name, and
# the client's answers, and all of that call, come back to it.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:5060 -s rr -p 60 -M 255.255.0.0 --pe sip
-a -u $VIP:5060 -r 10.0.2.11:5060 -m
-a -u $VIP:5060 -r 10.0.2.12:5060 -m
END
call='data=A\r\ni:one@a\r\n\r\n'
wire <<END
send server udp 10.0.2.11:5060 > 10.9.0.1:1000 $call
expect client udp $VIP:5060 > 10.9.0.1:1000 sum=good ipsum=good ttl=63
conns director 1 UDP 10.9.0.1:1000 $VIP:5060 10.0.2.11:5060 UDP
conns director 1 UDP 10.9.0.0:* $VIP:5060 10.0.2.11:5060 ASSURED
expires director 290-300 UDP 10.9.0.1:1000 *
until director _10.0.2.11:5060_1_0_1_ $IPVSADM -ln --stats
send client udp 10.9.0.1:1000 > $VIP:5060 size=5
expect server udp 10.9.0.1:1000 > 10.0.2.11:5060 size=5
for 1 4 send client udp 10.9.0.2:% > $VIP:5060 $call
count server 4 udp 10.9.0.2:* > 10.0.2.11:5060
# What tells no call, another port, another protocol, a stranger: on its way.
send server udp 10.0.2.12:5060 > 10.9.0.3:1 size=3
expect client udp 10.0.2.12:5060 > 10.9.0.3:1 size=3
send server udp 10.0.2.12:5061 > 10.9.0.3:2 $call
expect client udp 10.0.2.12:5061 > 10.9.0.3:2
send server tcp 10.0.2.12:5060 > 10.9.0.3:3 flags=S
expect client tcp 10.0.2.12:5060 > 10.9.0.3:3
send server udp 10.0.2.13:5060 > 10.9.0.3:4 $call
expect client udp 10.0.2.13:5060 > 10.9.0.3:4
conns director 0 UDP 10.9.0.3:* *
# Another server takes the call, and the client's port.
send server udp 10.0.2.12:5060 > 10.9.0.1:1000 $call
expect client udp $VIP:5060 > 10.9.0.1:1000
send client udp 10.9.0.1:1000 > $VIP:5060 size=5
expect server udp 10.9.0.1:1000 > 10.0.2.12:5060 size=5
send client udp 10.9.0.4:1 > $VIP:5060 $call
expect server udp 10.9.0.4:1 > 10.0.2.12:5060
END
# With one packet a connection, each answer is one that begins.
check 'one packet' ipvs -E -u $VIP:5060 -s rr -p 60 -M 255.255.0.0 --pe sip -o
wire <<END
send client udp 10.9.0.5:1 > $VIP:5060 data=A\r\ni:two@a\r\n\r\n
learn TWO dst server udp 10.9.0.5:1 > *:5060
send server udp @TWO:5060 > 10.9.0.5:1 data=B\r\ni:two@a\r\n\r\n
expect client udp $VIP:5060 > 10.9.0.5:1 sum=good
send client udp 10.9.0.5:1 > $VIP:5060 data=C\r\ni:two@a\r\n\r\n
expect server udp 10.9.0.5:1 > @TWO:5060
conns director 0 UDP 10.9.0.5:* *
END
check 'no engine' ipvs -E -u $VIP:5060 -s rr -p 60 -M 255.255.0.0
wire <<END
send server udp 10.0.2.11:5060 > 10.9.0.6:1 $call
expect client udp 10.0.2.11:5060 > 10.9.0.6:1
END

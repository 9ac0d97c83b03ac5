#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An ICMP error about a packet of a connection that nobody knows is the director's
# own; with schedule_icmp it gets a connection and is forwarded like any error.
# With no server left it is dropped, and no error answers an error.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.12:53 -g
-A --sctp-service $VIP:5000 -s rr
-a --sctp-service $VIP:5000 -r 10.0.2.13:5000 -m
-A -t $VIP:81 -s rr
-A -u $VIP:5060 -s rr -p 60 --pe sip
-a -u $VIP:5060 -r 10.0.2.14:5060 -m
END
wire <<END
send client icmp 10.9.0.1 > $VIP type=3 code=3 / tcp $VIP:80 > 10.9.0.1:1000 flags=A
quiet server * * > *
conns director 0 *
sysctl director net/ipv4/vs/schedule_icmp 1
send client icmp 10.9.0.1 > $VIP type=3 code=3 / tcp $VIP:80 > 10.9.0.1:1000 flags=A
expect server icmp 10.9.0.1 > 10.0.2.11 type=3 code=3 sum=good / tcp 10.0.2.11:8080 > 10.9.0.1:1000
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.11:8080 NONE
send client icmp 10.9.0.1 > $VIP type=3 code=3 / udp $VIP:53 > 10.9.0.1:1000 size=9
expect server icmp 10.9.0.1 > $VIP type=3 code=3 ttl=63 / udp $VIP:53 > 10.9.0.1:1000
send client icmp 10.9.0.1 > $VIP type=11 code=0 / sctp $VIP:5000 > 10.9.0.1:1000 chunk=data
expect server icmp 10.9.0.1 > 10.0.2.13 type=11 sum=good / sctp 10.0.2.13:5000 > 10.9.0.1:1000
# For no service, without a server, with a wrong sum, and of no error's type.
send client icmp 10.9.0.1 > $VIP type=3 code=3 / tcp $VIP:82 > 10.9.0.1:1001 flags=A
send client icmp 10.9.0.1 > $VIP type=3 code=3 / tcp $VIP:81 > 10.9.0.1:1001 flags=A
send client icmp 10.9.0.1 > $VIP type=3 code=3 sum=bad / tcp $VIP:80 > 10.9.0.1:1002 flags=A
send client icmp 10.9.0.1 > $VIP type=12 code=0 / tcp $VIP:80 > 10.9.0.1:1003 flags=A
send client icmp 10.9.0.1 > $VIP type=3 code=2 / 50 $VIP > 10.9.0.1 size=9
# What an error quotes tells a persistence engine nothing.
send client icmp 10.9.0.1 > $VIP type=3 code=3 / udp $VIP:5060 > 10.9.0.1:1004 data=A\r\ni:one@a\r\n\r\n
quiet server * * > *
quiet client icmp $VIP > *
conns director 0 UDP*5060*
conns director 0 TCP 10.9.0.1:1001*
conns director 0 TCP 10.9.0.1:1003*
END

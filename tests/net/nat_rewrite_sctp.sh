#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# NAT of SCTP: addresses, ports and checksum are right in both directions, also in
# what ICMP errors quote, and nothing else changes. Direct routing and tunnels
# leave the packet as it is.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A --sctp-service $VIP:5000 -s rr
-a --sctp-service $VIP:5000 -r 10.0.2.11:5000 -m
-A --sctp-service $VIP:5001 -s rr
-a --sctp-service $VIP:5001 -r 10.0.2.12:6001 -m
-A --sctp-service $VIP:5002 -s rr
-a --sctp-service $VIP:5002 -r 10.0.2.13 -g
-A --sctp-service $VIP:5003 -s rr
-a --sctp-service $VIP:5003 -r 10.0.2.14 -i
-A --sctp-service $VIP:5004 -s rr
END
wire <<END
send client sctp 10.9.0.1:1000 > $VIP:5000 chunk=init vtag=0 id=7 tos=4
expect server sctp 10.9.0.1:1000 > 10.0.2.11:5000 chunk=init vtag=0 id=7 tos=4 ttl=63 sum=good ipsum=good
send server sctp 10.0.2.11:5000 > 10.9.0.1:1000 chunk=init-ack vtag=9
expect client sctp $VIP:5000 > 10.9.0.1:1000 chunk=init-ack vtag=9 ttl=63 sum=good ipsum=good
send client sctp 10.9.0.1:1001 > $VIP:5001 chunk=init
expect server sctp 10.9.0.1:1001 > 10.0.2.12:6001 chunk=init sum=good ipsum=good
send server sctp 10.0.2.12:6001 > 10.9.0.1:1001 chunk=init-ack+heartbeat+cookie-ack
expect client sctp $VIP:5001 > 10.9.0.1:1001 chunk=init-ack+heartbeat+cookie-ack sum=good ipsum=good
send client sctp 10.9.0.1:1001 > $VIP:5001 chunk=cookie-echo+data+data opt=01010101
expect server sctp 10.9.0.1:1001 > 10.0.2.12:6001 chunk=cookie-echo+data+data opt=01010101 sum=good ipsum=good
# What was damaged on its way is not made good.
send client sctp 10.9.0.1:1000 > $VIP:5000 chunk=data sum=bad
expect server sctp 10.9.0.1:1000 > 10.0.2.11:5000 chunk=data sum=bad
$([ -n "${IN_TREE-}" ] || echo "
send client sctp 10.9.0.1:1001 > $VIP:5001 chunk=data sum=bad
expect server sctp 10.9.0.1:1001 > 10.0.2.12:6001 chunk=data sum=bad
send server sctp 10.0.2.12:6001 > 10.9.0.1:1001 chunk=data sum=bad
expect client sctp $VIP:5001 > 10.9.0.1:1001 chunk=data sum=bad")
# ICMP errors in both directions.
send client icmp 10.9.0.1 > $VIP type=3 code=2 / sctp $VIP:5001 > 10.9.0.1:1001 chunk=data
expect server icmp 10.9.0.1 > 10.0.2.12 type=3 code=2 sum=good / sctp 10.0.2.12:6001 > 10.9.0.1:1001
send server icmp 10.0.2.12 > 10.9.0.1 type=3 code=3 / sctp 10.9.0.1:1001 > 10.0.2.12:6001 chunk=data
expect client icmp $VIP > 10.9.0.1 type=3 code=3 sum=good / sctp 10.9.0.1:1001 > $VIP:5001
send server icmp 10.0.2.12 > 10.9.0.1 type=3 code=3 quote=28 / sctp 10.9.0.1:1001 > 10.0.2.12:6001 chunk=data
expect client icmp $VIP > 10.9.0.1 type=3 code=3 sum=good / sctp 10.9.0.1:1001 > $VIP:5001
# The other methods.
send client sctp 10.9.0.1:1002 > $VIP:5002 chunk=init vtag=5
expect server sctp 10.9.0.1:1002 > $VIP:5002 chunk=init vtag=5 ttl=63 sum=good ipsum=good
send client sctp 10.9.0.1:1002 > $VIP:5002 chunk=cookie-echo sum=bad
expect server sctp 10.9.0.1:1002 > $VIP:5002 chunk=cookie-echo sum=bad
send client sctp 10.9.0.1:1003 > $VIP:5003 chunk=init
expect server ipip 10.0.2.1 > 10.0.2.14 ipsum=good / sctp 10.9.0.1:1003 > $VIP:5003 chunk=init ttl=63 sum=good
# Nobody is there.
send client sctp 10.9.0.1:1004 > $VIP:5004 chunk=init
expect client icmp $VIP > 10.9.0.1 type=3 code=3 / sctp 10.9.0.1:1004 > $VIP:5004
# A real server that speaks of an association nobody knows is told so; but not
# when it aborts one, nor when the protocol is not its service's.
sysctl director net/ipv4/vs/nat_icmp_send 1
send server sctp 10.0.2.11:5000 > 10.9.0.1:4000 chunk=data
expect server icmp 10.0.2.1 > 10.0.2.11 type=3 code=3 / sctp 10.0.2.11:5000 > 10.9.0.1:4000
send server sctp 10.0.2.11:5000 > 10.9.0.1:4000 chunk=abort
expect client sctp 10.0.2.11:5000 > 10.9.0.1:4000 chunk=abort
send server udp 10.0.2.11:5000 > 10.9.0.1:4000
expect client udp 10.0.2.11:5000 > 10.9.0.1:4000
quiet server icmp * > 10.0.2.11
END

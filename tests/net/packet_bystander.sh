#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Traffic that is for no virtual service passes a director with services bit for
# bit as without: only the TTL counts down. So it does where answers of other
# connections are looked for, so that each packet is looked up.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
END
bystanders() {
	cat <<END
send client tcp 10.9.0.1:1000 > 10.0.2.11:80 flags=S seq=1 id=9 tos=4 mss=1000 win=77
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 flags=S seq=1 id=9 tos=4 win=77 totlen=44 ttl=63 sum=good ipsum=good
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=SA seq=5 ack=2
expect client tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=SA seq=5 ack=2 ttl=63 sum=good
send client tcp 10.9.0.1:1000 > 10.0.2.11:80 flags=PA size=500 sum=bad
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 size=500 sum=bad data=pattern
send client udp 10.9.0.1:1000 > 10.0.2.11:53 size=500 sum=zero df=1
expect server udp 10.9.0.1:1000 > 10.0.2.11:53 size=500 sum=zero df=1 data=pattern
send server udp 10.0.2.11:53 > 10.9.0.1:1000 size=500
expect client udp 10.0.2.11:53 > 10.9.0.1:1000 size=500 sum=good data=pattern
send client udp 10.9.0.1:1000 > 10.0.2.11:53 size=2000 id=5 frag=0+1000
send client udp 10.9.0.1:1000 > 10.0.2.11:53 size=2000 id=5 frag=1000+1008
expect server udp 10.9.0.1:1000 > 10.0.2.11:53 off=0 mf=1 totlen=1020 id=5
expect server udp 10.9.0.1 > 10.0.2.11 off=1000 mf=0 size=1008 id=5
send client icmp 10.9.0.1 > 10.0.2.11 type=8 eid=3 eseq=4 size=100
expect server icmp 10.9.0.1 > 10.0.2.11 type=8 eid=3 eseq=4 size=100 data=pattern sum=good
send client icmp 10.9.0.1 > 10.0.2.11 type=3 code=3 / udp 10.0.2.11:53 > 10.9.0.1:1000 size=8
expect server icmp 10.9.0.1 > 10.0.2.11 type=3 code=3 sum=good / udp 10.0.2.11:53 > 10.9.0.1:1000 sum=good
send client ipip 10.9.0.1 > 10.0.2.11 / tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server ipip 10.9.0.1 > 10.0.2.11 ttl=63 / tcp 10.9.0.1:1000 > $VIP:80 ttl=64 sum=good
for 50 51 send client % 10.9.0.1 > 10.0.2.11 size=100 id=9 tos=4
expect server esp 10.9.0.1 > 10.0.2.11 size=108 id=9 tos=4 ttl=63 data=........abcdefghijklmnopqrstuvwxyzbcdefg
expect server ah 10.9.0.1 > 10.0.2.11 size=124 id=9 tos=4 ttl=63 data=........................abcdefghijklmnop
send client sctp 10.9.0.1:1000 > 10.0.2.11:5000 chunk=init id=9 tos=4
expect server sctp 10.9.0.1:1000 > 10.0.2.11:5000 chunk=init id=9 tos=4 ttl=63 sum=good
send client sctp 10.9.0.1:1000 > 10.0.2.11:5000 chunk=data sum=bad
expect server sctp 10.9.0.1:1000 > 10.0.2.11:5000 chunk=data sum=bad
send client 99 10.9.0.1 > 10.0.2.11 size=100
expect server 99 10.9.0.1 > 10.0.2.11 size=100 data=pattern
send client 253 10.9.0.1 > 10.0.2.11 size=100
expect server 253 10.9.0.1 > 10.0.2.11 size=100 data=pattern
send client 254 10.9.0.1 > 10.0.2.11 size=100
expect server 254 10.9.0.1 > 10.0.2.11 size=100 data=pattern
# Of the virtual address, a port without a service is the director's own.
send client tcp 10.9.0.1:1000 > $VIP:81 flags=S seq=9
expect client tcp $VIP:81 > 10.9.0.1:1000 flags=RA ack=10 sum=good
send client udp 10.9.0.1:1000 > $VIP:54
expect client icmp $VIP > 10.9.0.1 type=3 code=3 / udp 10.9.0.1:1000 > $VIP:54
END
}
{
	bystanders
	echo 'conns director 0 *'
} | wire
{
	cat <<END
send client udp 10.9.0.77:7 > $VIP:53 size=9
expect server udp 10.9.0.77:7 > 10.0.2.11:53 size=9 sum=good
END
	bystanders
	echo 'conns director 1 *'
} | wire

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Direct routing changes the link addresses and the TTL of a packet, nothing else;
# also of one whose checksum and segments are left to the device.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -g
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.8.0.1:53 -g
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S seq=77 mss=1460 tos=8 id=4 df=1
expect server tcp 10.9.0.1:1000 > $VIP:80 flags=S seq=77 ttl=63 tos=8 id=4 df=1 totlen=44 sum=good ipsum=good
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=100 sum=bad
expect server tcp 10.9.0.1:1000 > $VIP:80 size=100 sum=bad ipsum=good
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=6000 csum=partial gso=1400
expect server tcp 10.9.0.1:1000 > $VIP:80 size=6000 gso=1400 sum=partial data=pattern
# The stack has put its address into the options that ask for it.
send client udp 10.9.0.1:1000 > $VIP:53 size=10 opt=07070400000000
expect server udp 10.9.0.1:1000 > $VIP:53 size=10 opt=0707080a00016400 ipsum=good
# A server behind a router.
send client udp 10.9.0.1:1000 > $VIP:53 size=10 sum=zero
expect server udp 10.9.0.1:1000 > $VIP:53 size=10 sum=zero ttl=63
conn director UDP 10.9.0.1:1000 $VIP:53 10.8.0.1:53 UDP
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.11:80 ESTABLISHED
END

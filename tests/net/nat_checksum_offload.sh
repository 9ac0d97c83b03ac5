#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# NAT of packets whose checksum, and whose cutting into segments, is left to the
# device, as a local sender's or a merged one's are: they stay so, and the part of
# the checksum that is there (the pseudo header's) follows the addresses.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:5353 -m
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S csum=partial
expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080 flags=S sum=partial ipsum=good
send server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=SA csum=partial
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=SA sum=partial ipsum=good
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=6000 csum=partial gso=1400
expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080 flags=PA size=6000 gso=1400 sum=partial data=pattern
send server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=PA size=6000 csum=partial gso=1400
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=PA size=6000 gso=1400 sum=partial data=pattern
send client udp 10.9.0.1:1000 > $VIP:53 size=100 csum=partial
expect server udp 10.9.0.1:1000 > 10.0.2.11:5353 size=100 sum=partial ipsum=good
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=100 csum=partial
expect client udp $VIP:53 > 10.9.0.1:1000 size=100 sum=partial ipsum=good
# Devices that cannot: the kernel finishes what was left to them.
run director ethtool -K back tx off tso off gso off >/dev/null
run director ethtool -K front tx off tso off gso off >/dev/null
clear server
clear client
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=2800 csum=partial gso=1400
count server 2 tcp 10.9.0.1:1000 > 10.0.2.11:8080 size=1400 sum=good ipsum=good
send server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=PA size=2800 csum=partial gso=1400
count client 2 tcp $VIP:80 > 10.9.0.1:1000 size=1400 sum=good ipsum=good
send client udp 10.9.0.1:1000 > $VIP:53 size=100 csum=partial
expect server udp 10.9.0.1:1000 > 10.0.2.11:5353 size=100 sum=good ipsum=good
END

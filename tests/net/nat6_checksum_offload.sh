#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As nat_checksum_offload, by IPv6: checksums and segments that are left to the
# device stay so through NAT, behind extension headers too.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r [fd00:2::11]:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [fd00:2::11]:5353 -m
END
wire <<END
send client tcp [fd09::1]:1000 > $VIP:80 flags=S csum=partial
expect server tcp [fd09::1]:1000 > [fd00:2::11]:8080 flags=S sum=partial
send server tcp [fd00:2::11]:8080 > [fd09::1]:1000 flags=SA csum=partial
expect client tcp $VIP:80 > [fd09::1]:1000 flags=SA sum=partial
send client tcp [fd09::1]:1000 > $VIP:80 flags=PA size=6000 csum=partial gso=1400
expect server tcp [fd09::1]:1000 > [fd00:2::11]:8080 flags=PA size=6000 gso=1400 sum=partial data=pattern
send server tcp [fd00:2::11]:8080 > [fd09::1]:1000 flags=PA size=6000 csum=partial gso=1400
expect client tcp $VIP:80 > [fd09::1]:1000 flags=PA size=6000 gso=1400 sum=partial data=pattern
send client udp [fd09::1]:1000 > $VIP:53 size=100 csum=partial
expect server udp [fd09::1]:1000 > [fd00:2::11]:5353 size=100 sum=partial
send client udp [fd09::2]:1000 > $VIP:53 size=100 csum=partial ext=dst
expect server udp [fd09::2]:1000 > [fd00:2::11]:5353 size=100 sum=partial ext=dst
send server udp [fd00:2::11]:5353 > [fd09::1]:1000 size=100 csum=partial
expect client udp $VIP:53 > [fd09::1]:1000 size=100 sum=partial
# Devices that cannot: the kernel finishes what was left to them.
run director ethtool -K back tx off tso off gso off >/dev/null
run director ethtool -K front tx off tso off gso off >/dev/null
clear server
clear client
send client tcp [fd09::1]:1000 > $VIP:80 flags=PA size=2800 csum=partial gso=1400
count server 2 tcp [fd09::1]:1000 > [fd00:2::11]:8080 size=1400 sum=good
send server tcp [fd00:2::11]:8080 > [fd09::1]:1000 flags=PA size=2800 csum=partial gso=1400
count client 2 tcp $VIP:80 > [fd09::1]:1000 size=1400 sum=good
send client udp [fd09::1]:1000 > $VIP:53 size=100 csum=partial
expect server udp [fd09::1]:1000 > [fd00:2::11]:5353 size=100 sum=good
END

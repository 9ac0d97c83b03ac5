#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# IPv6 fragments on their way through a director are reassembled only when they come
# from a real server; all others go on at once and as they came, as long as no
# service goes by marks, which others may give by the ports.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [fd00:2::11]:5353 -m
END
# The in-tree module reassembles everything, always.
strangers=$([ -n "${IN_TREE-}" ] || cat <<END
send client udp [fd09::1]:1000 > [fd08::5]:53 size=2000 id=5 tos=4 frag=1000+800
expect server udp fd09::1 > fd08::5 off=1000 mf=1 tos=4 ttl=63 plen=808
send client udp [fd09::1]:1000 > [fd08::5]:53 size=2000 id=5 tos=4 frag=1200+808
expect server udp fd09::1 > fd08::5 off=1200 mf=0 tos=4 ttl=63 plen=816
send client udp [fd09::1]:1000 > [fd08::5]:53 size=2000 id=5 tos=4 frag=0+1000
expect server udp [fd09::1]:1000 > [fd08::5]:53 off=0 mf=1 tos=4 ttl=63 plen=1008
send client udp [fd09::1]:1000 > [fd08::5]:53 ext=dst size=2000 id=6 frag=1000+1008
expect server udp fd09::1 > fd08::5 off=1000 ttl=63
send server icmp6 fd00:2::19 > fd09::1 type=128 size=2000 id=7 frag=1000+504
expect client icmp6 fd00:2::19 > fd09::1 off=1000 mf=1 ttl=63 plen=512
END
)
wire <<END
$strangers
send client udp [fd09::1]:1000 > $VIP:53
expect server udp [fd09::1]:1000 > [fd00:2::11]:5353
# Answers are looked for from now on.
$strangers
# What a real server says beside keeps its boundaries.
send server udp [fd00:2::11]:77 > [fd09::1]:1000 size=2000 id=7 frag=1200+808
quiet client udp fd00:2::11 > *
send server udp [fd00:2::11]:77 > [fd09::1]:1000 size=2000 id=7 frag=504+696
send server udp [fd00:2::11]:77 > [fd09::1]:1000 size=2000 id=7 frag=0+504
expect client udp [fd00:2::11]:77 > [fd09::1]:1000 off=0 mf=1 plen=512 ttl=63
expect client udp fd00:2::11 > fd09::1 off=504 mf=1 plen=704 ttl=63
expect client udp fd00:2::11 > fd09::1 off=1200 mf=0 plen=816 ttl=63
# Of answers that overlap, or never are whole, nothing comes out.
send server udp [fd00:2::11]:5353 > [fd09::1]:1000 size=2000 id=8 frag=0+1000
send server udp [fd00:2::11]:5353 > [fd09::1]:1000 size=2000 id=8 frag=992+1016
send server udp [fd00:2::11]:5353 > [fd09::1]:1000 size=2000 id=9 frag=0+1000
quiet client * * > fd09::1
send server udp [fd00:2::11]:5353 > [fd09::1]:1000 size=2000 id=10 frag=1000+1008
send server udp [fd00:2::11]:5353 > [fd09::1]:1000 size=2000 id=10 frag=0+1000
expect client udp $VIP:53 > [fd09::1]:1000 off=0 mf=1 plen=1008 ttl=63
expect client udp $VIP > fd09::1 off=1000 mf=0 plen=1016 ttl=63
# What stays behind of others is for whom marks by ports.
run director $IPVSADM -A -f 1 -6 -s rr
send client udp [fd09::1]:1000 > [fd08::5]:53 size=2000 id=11 frag=0+1000
quiet server udp * > fd08::5
send client udp [fd09::1]:1000 > [fd08::5]:53 size=2000 id=11 frag=1000+1008
expect server udp [fd09::1]:1000 > [fd08::5]:53 off=0 mf=1 plen=1008
expect server udp fd09::1 > fd08::5 off=1000 mf=0 plen=1016
run director $IPVSADM -D -f 1 -6
$strangers
END

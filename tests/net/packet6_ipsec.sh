#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# IPv6: AH and ESP follow the key exchange of the same two hosts, UDP from port 500
# to port 500, by every method and in both directions, behind extension headers
# too; nothing of them is read. Without a key exchange they are the director's own.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ip -n director -batch - <<END
address add fd00:1::101/128 dev front nodad
address add fd00:1::102/128 dev front nodad
END
ipvs -R <<END
-A -u $VIP:500 -s rr
-a -u $VIP:500 -r [fd00:2::11]:500 -m
-A -u [fd00:1::101]:500 -s rr
-a -u [fd00:1::101]:500 -r [fd00:2::12]:500 -g
-A -u [fd00:1::102]:500 -s rr
-a -u [fd00:1::102]:500 -r [fd00:2::13]:500 -i
END
wire <<END
send client 50 fd09::1 > fd00:1::100 size=40
quiet server * * > *
conns director 0 *
send client udp [fd09::1]:500 > $VIP:500
expect server udp [fd09::1]:500 > [fd00:2::11]:500
for 50 51 send client % fd09::1 > fd00:1::100 size=40 tos=4
expect server esp fd09::1 > fd00:2::11 size=48 tos=4 ttl=63
expect server ah fd09::1 > fd00:2::11 tos=4 ttl=63
for 50 51 send server % fd00:2::11 > fd09::1 size=40
expect client esp fd00:1::100 > fd09::1 size=48 ttl=63
expect client ah fd00:1::100 > fd09::1 ttl=63
send client 50 fd09::1 > fd00:1::100 size=40 ext=hbh+dst
expect server esp fd09::1 > fd00:2::11 ext=hbh+dst size=48 ttl=63
# Cut at every byte: no octet of them matters.
clear server
for 0 8 send client 50 fd09::1 > fd00:1::100 cut=4% plen=%
count server 9 esp fd09::1 > fd00:2::11
# Errors about them; what they quote has no port to translate.
clear server
send client icmp6 fd09::1 > fd00:1::100 type=1 code=1 / 50 fd00:1::100 > fd09::1 size=8
expect server icmp6 fd09::1 > fd00:2::11 type=1 code=1 sum=good / esp fd00:2::11 > fd09::1 size=16
send server icmp6 fd00:2::11 > fd09::1 type=1 code=1 / 51 fd09::1 > fd00:2::11
expect client icmp6 fd00:1::100 > fd09::1 type=1 code=1 sum=good / ah fd09::1 > fd00:1::100
# The other methods, and another client.
for 1 2 send client udp [fd09::1]:500 > [fd00:1::10%]:500
expect server udp [fd09::1]:500 > [fd00:1::101]:500
expect server ip6 fd00:2::1 > fd00:2::13 / udp [fd09::1]:500 > [fd00:1::102]:500
for 1 2 send client 50 fd09::1 > fd00:1::10% size=60
expect server esp fd09::1 > fd00:1::101 size=68 ttl=63
expect server ip6 fd00:2::1 > fd00:2::13 / esp fd09::1 > fd00:1::102 size=68 ttl=63
for 1 2 send client 51 fd09::1 > fd00:1::10%
expect server ah fd09::1 > fd00:1::101 ttl=63
expect server ip6 fd00:2::1 > fd00:2::13 / ah fd09::1 > fd00:1::102 ttl=63
send client 50 fd09::2 > fd00:1::100 size=40
# Key exchange by NAT of ports is no such thing.
send client udp [fd09::3]:4500 > $VIP:500
expect server udp [fd09::3]:4500 > [fd00:2::11]:500
send client 50 fd09::3 > fd00:1::100 size=40
quiet server esp * > *
conns director 4 UDP *
conns director 4 *
END

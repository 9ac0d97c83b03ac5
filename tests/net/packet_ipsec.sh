#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# AH and ESP follow the key exchange of the same two hosts, UDP from port 500 to
# port 500, by every method and in both directions; nothing of them is read, not
# even when they come in fragments. Without a key exchange they are the
# director's own.
. "$(dirname "$0")/lib_lab.sh"

lab
ip -n director -batch - <<END
address add 10.0.1.101/32 dev front
address add 10.0.1.102/32 dev front
END
ipvs -R <<END
-A -u $VIP:500 -s rr
-a -u $VIP:500 -r 10.0.2.11:500 -m
-A -u 10.0.1.101:500 -s rr
-a -u 10.0.1.101:500 -r 10.0.2.12:500 -g
-A -u 10.0.1.102:500 -s rr
-a -u 10.0.1.102:500 -r 10.0.2.13:500 -i
END
wire <<END
send client esp 10.9.0.1 > $VIP size=40
quiet server * * > *
conns director 0 *
send client udp 10.9.0.1:500 > $VIP:500
expect server udp 10.9.0.1:500 > 10.0.2.11:500
for 50 51 send client % 10.9.0.1 > $VIP size=40 id=9 tos=4
expect server esp 10.9.0.1 > 10.0.2.11 size=48 id=9 tos=4 ttl=63 ipsum=good
expect server ah 10.9.0.1 > 10.0.2.11 size=64 id=9 tos=4 ttl=63 ipsum=good
for 50 51 send server % 10.0.2.11 > 10.9.0.1 size=40
expect client esp $VIP > 10.9.0.1 size=48 ttl=63 ipsum=good
expect client ah $VIP > 10.9.0.1 size=64 ttl=63 ipsum=good
# Cut at every byte: no octet of them matters.
clear server
for 20 28 send client 50 10.9.0.1 > $VIP cut=% totlen=%
count server 9 esp 10.9.0.1 > 10.0.2.11 ipsum=good
# Fragments as they are, in any order.
send client 50 10.9.0.1 > $VIP size=1992 id=5 frag=1000+1000
send client 50 10.9.0.1 > $VIP size=1992 id=5 frag=0+1000
expect server esp 10.9.0.1 > 10.0.2.11 off=1000 mf=0 totlen=1020 id=5 ipsum=good
expect server esp 10.9.0.1 > 10.0.2.11 off=0 mf=1 totlen=1020 id=5 ipsum=good
send server 50 10.0.2.11 > 10.9.0.1 size=1992 id=6 frag=1000+1000
expect client esp $VIP > 10.9.0.1 off=1000 mf=0 totlen=1020 id=6 ipsum=good
# Errors about them; what they quote has no port to translate.
clear server
send client icmp 10.9.0.1 > $VIP type=3 code=2 / 50 $VIP > 10.9.0.1 size=8
expect server icmp 10.9.0.1 > 10.0.2.11 type=3 code=2 sum=good / esp 10.0.2.11 > 10.9.0.1 size=16 ipsum=good
send server icmp 10.0.2.11 > 10.9.0.1 type=3 code=2 / 51 10.9.0.1 > 10.0.2.11
expect client icmp $VIP > 10.9.0.1 type=3 code=2 sum=good / ah 10.9.0.1 > $VIP size=24 ipsum=good
# The other methods, and another client.
for 1 2 send client udp 10.9.0.1:500 > 10.0.1.10%:500
expect server udp 10.9.0.1:500 > 10.0.1.101:500
expect server ipip 10.0.2.1 > 10.0.2.13 / udp 10.9.0.1:500 > 10.0.1.102:500
for 1 2 send client 50 10.9.0.1 > 10.0.1.10% size=60
expect server esp 10.9.0.1 > 10.0.1.101 size=68 ttl=63
expect server ipip 10.0.2.1 > 10.0.2.13 / esp 10.9.0.1 > 10.0.1.102 size=68 ttl=63
send client 50 10.9.0.2 > $VIP size=40
# Key exchange by NAT of ports is no such thing.
send client udp 10.9.0.3:4500 > $VIP:500
expect server udp 10.9.0.3:4500 > 10.0.2.11:500
send client 50 10.9.0.3 > $VIP size=40
quiet server esp * > *
conns director 4 UDP *
conns director 4 *
until director :500_+Masq_+1_+0_+2 $IPVSADM -Ln
END

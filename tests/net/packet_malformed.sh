#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Packets cut at every byte, that lie about their lengths, or that cannot be: none
# becomes a connection or is forwarded, and what comes after is served as ever.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:5353 -m
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r 10.0.2.12:54 -i
END
# In the lines of the CPUs.
nothing=$(printf '\\n_%d_0_0_0_0_0' $(seq 0 $(($(nproc) - 1))))
wire <<END
cuts client tcp 10.9.0.1:1000 > $VIP:80 flags=S
cuts client udp 10.9.0.1:1000 > $VIP:53
cuts client udp 10.9.0.1:1000 > $VIP:54
for 0 4 send client tcp 10.9.0.1:1000 > $VIP:80 flags=S ihl=%
for 11 15 send client tcp 10.9.0.1:1000 > $VIP:80 flags=S ihl=%
for 0 3 send client tcp 10.9.0.1:1000 > $VIP:80 flags=S version=%
for 5 15 send client tcp 10.9.0.1:1000 > $VIP:80 flags=S version=%
for 0 39 send client tcp 10.9.0.1:1000 > $VIP:80 flags=S totlen=%
for 41 60 send client tcp 10.9.0.1:1000 > $VIP:80 flags=S totlen=%
for 0 27 send client udp 10.9.0.1:1000 > $VIP:53 totlen=%
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S ipsum=bad
send client udp 10.9.0.1:1000 > $VIP:53 ipsum=bad
send client tcp $VIP:80 > $VIP:80 flags=S
send client tcp 127.0.0.1:80 > $VIP:80 flags=S
send client tcp 255.255.255.255:80 > $VIP:80 flags=S
send client tcp 224.0.0.1:80 > $VIP:80 flags=S
send client tcp 10.9.0.1:1000 > $VIP:80
send client tcp 10.9.0.1:1000 > $VIP:80 flags=SR
send client tcp 10.9.0.1:1000 > $VIP:0 flags=S
send client udp 10.9.0.1:0 > $VIP:0
send client udp 10.9.0.1:1000 > $VIP:53 frag=0+8 mf=1
send client udp 10.9.0.1:1000 > $VIP:53 size=100 off=65528
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S off=8 mf=1
cuts client icmp 10.9.0.1 > $VIP type=3 code=3 / udp $VIP:53 > 10.9.0.1:1000 size=8
cuts client ipip 10.9.0.1 > $VIP / tcp 10.9.0.1:1000 > $VIP:80 flags=S
cuts client icmp 10.9.0.1 > $VIP type=3 code=4 / ipip $VIP > 10.0.2.12 / udp 10.9.0.1:1000 > $VIP:54
conns director 0 *
until director $nothing\n cat /proc/net/ip_vs_stats_percpu
quiet server * *:* > *:*
# The same about connections that there are.
for 1000 1000 send client tcp 10.9.0.1:% > $VIP:80 flags=S
send client udp 10.9.0.1:1000 > $VIP:53
send client udp 10.9.0.1:1000 > $VIP:54
expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080
expect server udp 10.9.0.1:1000 > 10.0.2.11:5353
expect server ipip 10.0.2.1 > 10.0.2.12 / udp 10.9.0.1:1000 > $VIP:54
cuts client tcp 10.9.0.1:1000 > $VIP:80 flags=PA
cuts server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=SA
cuts client udp 10.9.0.1:1000 > $VIP:54
quiet server * *:* > *:*
for 0 15 send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA doff=% size=10
for 0 40 send client udp 10.9.0.1:1000 > $VIP:53 udplen=% size=10
cuts client icmp 10.9.0.1 > $VIP type=3 code=3 / udp $VIP:53 > 10.9.0.1:1000 size=8
for 0 15 send client icmp 10.9.0.1 > $VIP type=3 code=3 / udp $VIP:53 > 10.9.0.1:1000 ihl=% size=60
for 0 15 send client icmp 10.9.0.1 > $VIP type=3 code=3 / udp $VIP:53 > 10.9.0.1:1000 version=%
for 0 60 send client icmp 10.9.0.1 > $VIP type=3 code=3 / udp $VIP:53 > 10.9.0.1:1000 totlen=%
for 0 15 send server icmp 10.0.2.11 > 10.9.0.1 type=3 code=3 / udp 10.9.0.1:1000 > 10.0.2.11:5353 ihl=% size=60
cuts server icmp 10.0.2.11 > 10.9.0.1 type=3 code=3 / tcp 10.9.0.1:1000 > 10.0.2.11:8080
cuts server icmp 10.0.2.254 > 10.0.2.1 type=3 code=4 mtu=0 / ipip 10.0.2.1 > 10.0.2.12 / udp 10.9.0.1:1000 > $VIP:54
for 0 15 send server icmp 10.0.2.254 > 10.0.2.1 type=3 code=4 mtu=9 / ipip 10.0.2.1 > 10.0.2.12 ihl=% / udp 10.9.0.1:1000 > $VIP:54
for 0 15 send server icmp 10.0.2.254 > 10.0.2.1 type=3 code=4 mtu=9 / ipip 10.0.2.1 > 10.0.2.12 / udp 10.9.0.1:1000 > $VIP:54 ihl=%
conns director 3 *
clear server
clear client
send client tcp 10.9.0.1:1001 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1001 > 10.0.2.11:8080 flags=S sum=good
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=10
expect client udp $VIP:53 > 10.9.0.1:1000 size=10 sum=good
END

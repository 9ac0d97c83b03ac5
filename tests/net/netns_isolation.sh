#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each network namespace has services, connections, timeouts and counters of its
# own, even for the same virtual address.
. "$(dirname "$0")/lib_lab.sh"

lab
ip -batch - <<END
netns add other
link add side netns client type veth peer name front netns other
END
ip -n client link set side up
ip -n other -batch - <<END
link set front address 02:00:00:00:09:01 up
address add 10.0.1.2/24 dev front
address add $VIP/32 dev front
neighbour add 10.0.1.10 lladdr 02:00:00:00:01:0a dev front
route add 10.9.0.0/16 via 10.0.1.10
END
ipvs -R <<END
-A -t $VIP:80 -s rr -p 100
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
wire <<END
open side client side other front
sysctl other net/ipv4/conf/all/rp_filter 0
sysctl other net/ipv4/conf/front/rp_filter 0
until other ^[^:]*$ $IPVSADM -Sn
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80
send side tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect side tcp $VIP:80 > 10.9.0.1:1000 flags=RA
conns director 2 *
conns other 0 *
run other $IPVSADM -A -t $VIP:80 -s wlc
send side tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect side icmp $VIP > 10.9.0.1 type=3 code=3 / tcp 10.9.0.1:1000 > $VIP:80
send client tcp 10.9.0.1:1000 > $VIP:80 flags=A
conn director TCP 10.9.0.1:1000 * ESTABLISHED
conns other 0 *
run other $IPVSADM --set 500 50 5
until director 900_120_300 $IPVSADM -L --timeout
until other 500_50_5 $IPVSADM -L --timeout
run other $IPVSADM -C
until director TCP_+10.0.1.100:80_rr $IPVSADM -ln
until director \n_1_2_0_ cat /proc/net/ip_vs_stats
until other \n_0_0_0_0_0\n cat /proc/net/ip_vs_stats
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=7
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 size=7
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An IPv6 answer is routed again by the virtual address it got as its source, where
# rules look at that; unless snat_reroute is off.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r [fd00:2::11]:80 -m
END
ip -n director -6 -batch - <<END
rule add from $(bare $VIP) lookup 100
route add unreachable fd09::1/128 table 100
END
wire <<END
for 1000 1001 send client tcp [fd09::1]:% > $VIP:80 flags=S
for 1000 1001 expect server tcp [fd09::1]:% > [fd00:2::11]:80 flags=S
send server tcp [fd00:2::11]:80 > [fd09::1]:1000 flags=SA
quiet client tcp $VIP:80 > [fd09::1]:1000
sysctl director net/ipv4/vs/snat_reroute 0
send server tcp [fd00:2::11]:80 > [fd09::1]:1001 flags=SA
expect client tcp $VIP:80 > [fd09::1]:1001 flags=SA
END

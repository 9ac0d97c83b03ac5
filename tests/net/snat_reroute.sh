#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An answer is routed again by the virtual address it got as its source, where
# rules look at that; unless snat_reroute is off.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
ip -n director -batch - <<END
rule add from $VIP lookup 100
route add unreachable 10.9.0.1/32 table 100
END
wire <<END
for 1000 1001 send client tcp 10.9.0.1:% > $VIP:80 flags=S
for 1000 1001 expect server tcp 10.9.0.1:% > 10.0.2.11:80 flags=S
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=SA
quiet client tcp $VIP:80 > 10.9.0.1:1000
sysctl director net/ipv4/vs/snat_reroute 0
send server tcp 10.0.2.11:80 > 10.9.0.1:1001 flags=SA
expect client tcp $VIP:80 > 10.9.0.1:1001 flags=SA
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The virtual address answers a ping itself, whatever its services are.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
wire <<END
send client icmp 10.9.0.1 > $VIP type=8 eid=7 eseq=3 size=20
expect client icmp $VIP > 10.9.0.1 type=0 eid=7 eseq=3 size=20 data=pattern sum=good
quiet server * *:* > *:*
conns director 0 *
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A UDP datagram without a checksum passes NAT with none or with a right one.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:5353 -m
END
wire <<END
send client udp 10.9.0.1:1000 > $VIP:53 size=20 sum=zero
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=20 sum=zero
quiet server udp 10.9.0.1:1000 > 10.0.2.11:5353 sum=bad
quiet client udp $VIP:53 > 10.9.0.1:1000 sum=bad
expect server udp 10.9.0.1:1000 > 10.0.2.11:5353 size=20 data=pattern
expect client udp $VIP:53 > 10.9.0.1:1000 size=20 data=pattern
END

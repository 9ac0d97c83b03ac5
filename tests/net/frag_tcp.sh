#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fragments of a TCP segment are one segment, by NAT in both directions.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:8080 -m
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
send server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=SA
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=2000 id=1 frag=1024+996
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA size=2000 id=1 frag=0+1024
expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080 flags=PA off=0 mf=1 ipsum=good
expect server tcp 10.9.0.1 > 10.0.2.11 mf=0 ipsum=good id=1
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.11:8080 ESTABLISHED
send server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=PA size=2000 id=2 frag=0+1024
send server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=PA size=2000 id=2 frag=1024+996
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=PA off=0 mf=1 ipsum=good
expect client tcp $VIP > 10.9.0.1 mf=0 ipsum=good id=2
quiet client tcp 10.0.2.11 > *
END

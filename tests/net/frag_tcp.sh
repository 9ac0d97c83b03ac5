#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fragments of a TCP segment are one segment, by NAT in both directions.
. "$(dirname "$0")/lib_lab.sh"

client=$(away 9 1) server=$(host 2 11)
# header ID: that of IPv6 has neither.
header() { [ "$FAMILY" != 4 ] || echo "ipsum=good id=$1"; }

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $server:8080 -m
END
wire <<END
send client tcp $client:1000 > $VIP:80 flags=S
send server tcp $server:8080 > $client:1000 flags=SA
send client tcp $client:1000 > $VIP:80 flags=PA size=2000 id=1 frag=1024+996
send client tcp $client:1000 > $VIP:80 flags=PA size=2000 id=1 frag=0+1024
expect server tcp $client:1000 > $server:8080 flags=PA off=0 mf=1 $(header 1)
expect server tcp $client > $server mf=0 $(header 1)
conn director TCP $client:1000 $VIP:80 $server:8080 ESTABLISHED
send server tcp $server:8080 > $client:1000 flags=PA size=2000 id=2 frag=0+1024
send server tcp $server:8080 > $client:1000 flags=PA size=2000 id=2 frag=1024+996
expect client tcp $VIP:80 > $client:1000 flags=PA off=0 mf=1 $(header 2)
expect client tcp $VIP > $client mf=0 $(header 2)
quiet client tcp $server > *
END

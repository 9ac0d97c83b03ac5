#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# TCP by NAT, byte by byte: a request gets the server's address and port, a reply
# the virtual ones; both lose one hop, both checksums stay right, the rest of the
# packet stays as it was.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:8080 -m
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S seq=77 mss=1460 ttl=9 tos=8 id=4 df=1
expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080 flags=S seq=77 ttl=8 tos=8 id=4 df=1 totlen=44 sum=good ipsum=good
send server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=SA seq=5 ack=78 ttl=64 id=6
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=SA seq=5 ack=78 ttl=63 id=6 sum=good ipsum=good
for 1 40 send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA seq=78 ack=6 size=%
for 1 40 expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080 flags=PA seq=78 ack=6 size=% data=pattern sum=good ipsum=good
for 1 40 send server tcp 10.0.2.11:8080 > 10.9.0.1:1000 flags=PA seq=6 ack=79 size=%
for 1 40 expect client tcp $VIP:80 > 10.9.0.1:1000 flags=PA seq=6 ack=79 size=% data=pattern sum=good ipsum=good
# A checksum that was wrong is not made right.
send client tcp 10.9.0.1:1000 > $VIP:80 flags=PA seq=90 size=100 sum=bad
expect server tcp 10.9.0.1:1000 > 10.0.2.11:8080 seq=90 sum=bad ipsum=good
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Direct routing and tunnel to an address of the director itself: the packet stays
# as it is, and whoever listens on the virtual address answers.
. "$(dirname "$0")/lib.sh"

topology 0
for port in 80 81; do
	background director socat "TCP$FAMILY-LISTEN:$port,fork,reuseaddr" "SYSTEM:read -r _; echo local $port"
done
background director socat -t 60 "UDP$FAMILY-RECVFROM:53,bind=$VIP,fork" 'SYSTEM:read -r _; echo local'
wait_listen director tcp 80
wait_listen director tcp 81
wait_listen director udp 53
self=$(host 1 1)
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $self:80 -g
-A -t $VIP:81 -s rr
-a -t $VIP:81 -r $self:81 -i
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $self:53 -g
END
ask_tcp() { client sh -c "echo go | socat -t 60 - TCP$FAMILY:$VIP:$1"; }
equal 'direct routing, TCP' 'local 80' "$(ask_tcp 80)"
equal 'tunnel, TCP' 'local 81' "$(ask_tcp 81)"
equal 'direct routing, UDP' local "$(ask_udp 53)"
equal 'connections' 3 "$(connections "$(pattern "$CLIENT"):.*$(pattern "$VIP"):")"

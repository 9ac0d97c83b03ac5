#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A client on the director itself reaches the virtual service too: by NAT a real
# server, and the director's own one.
. "$(dirname "$0")/lib.sh"

topology 1
serve_http 8080
background director socat "TCP$FAMILY-LISTEN:81,fork,reuseaddr" 'SYSTEM:read -r _; echo local'
wait_listen director tcp 81
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $(real_address 1):8080 -m
-A -t $VIP:82 -s rr
-a -t $VIP:82 -r $(host 1 1):81 -m
END
equal 'a real server' real1 "$(director curl -s --max-time 30 "http://$VIP/")"
until_equal 20 1 dest_field 1 1 --stats
equal 'the director itself' local "$(director sh -c "echo go | socat -t 60 - TCP$FAMILY:$VIP:82")"
equal 'all are in the table' 2 "$(connections)"

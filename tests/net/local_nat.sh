#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# NAT to the director itself, with another address and another port, TCP and UDP.
. "$(dirname "$0")/lib.sh"

topology 0
head -c 1000000 /dev/urandom >"$TMPDIR/file"
background director socat -t 60 "TCP$FAMILY-LISTEN:8080,fork,reuseaddr" "SYSTEM:read -r _; cat $TMPDIR/file"
background director socat -t 60 "UDP$FAMILY-RECVFROM:5353,fork,bind=$(host 1 1)" 'SYSTEM:read -r _; echo local'
wait_listen director tcp 8080
wait_listen director udp 5353
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $(host 1 1):8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $(host 1 1):5353 -m
END
equal 'a file over TCP' "$(sha256sum <"$TMPDIR/file")" \
	"$(client sh -c "echo go | socat -t 60 - TCP$FAMILY:$VIP:80" | sha256sum)"
equal 'an answer over UDP' local "$(ask_udp 53)"
equal 'connections' 2 "$(connections "$(pattern "$CLIENT:.*$VIP:.*$(host 1 1):")")"
counted() {
	ipvs -Ln --stats --exact | awk -v dest="$(host 1 1):8080" \
		'$2 == dest && $7 > 1000000 { found = 1 } END { exit !found }'
}
until_true 20 counted || fail 'replies are not counted'

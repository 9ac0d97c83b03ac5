#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# NAT to the director itself, with another address and another port, TCP, UDP and SCTP;
# also where the director has a socket that what came in was for before.
. "$(dirname "$0")/lib.sh"

modprobe sctp || fail 'no SCTP in this kernel'
topology 0
# Checksums are real ones.
for place in client director; do
	on $place ethtool -K front tx off >/dev/null || fail 'ethtool'
done
self=$(host 1 1)
head -c 1000000 /dev/urandom >"$TMPDIR/file"
sum=$(sha256sum <"$TMPDIR/file")
background director socat -t 60 "TCP$FAMILY-LISTEN:8080,fork,reuseaddr" "SYSTEM:read -r _; cat $TMPDIR/file"
background director socat -t 60 "UDP$FAMILY-RECVFROM:5353,fork,bind=$self" 'SYSTEM:read -r _; echo local'
background director socat -u "OPEN:$TMPDIR/file" "SCTP$FAMILY-LISTEN:9090,bind=$self"
background director sh -c "sleep 300 | socat -u - UDP$FAMILY:$CLIENT:999,bind=$VIP:54"
older() { on director ss -Hun | grep -q ':54 .*:999'; }
until_true 20 older || fail 'no older socket'
wait_listen director tcp 8080
wait_listen director udp 5353
wait_listen director sctp 9090
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $self:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $self:5353 -m
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r $self:5353 -m
-A --sctp-service $VIP:90 -s rr
-a --sctp-service $VIP:90 -r $self:9090 -m
END
equal 'a file over TCP' "$sum" "$(client sh -c "echo go | socat -t 60 - TCP$FAMILY:$VIP:80" | sha256sum)"
equal 'an answer over UDP' local "$(ask_udp 53)"
equal 'an answer in spite of the older socket' local \
	"$(client sh -c "echo go | socat -t 5 - UDP$FAMILY:$VIP:54,bind=$CLIENT:999")"
equal 'a file over SCTP' "$sum" "$(client timeout 60 socat -u "SCTP$FAMILY:$VIP:90" - | sha256sum)"
equal 'connections' 4 "$(connections "$(pattern "$CLIENT:.*$VIP:.*$self:")")"
counted() {
	ipvs -Ln --stats --exact | awk -v dest="$self:$1" \
		'$2 == dest && $7 > 1000000 { found = 1 } END { exit !found }'
}
until_true 20 counted 8080 || fail 'replies over TCP are not counted'
until_true 20 counted 9090 || fail 'replies over SCTP are not counted'

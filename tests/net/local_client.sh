#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A client on the director itself reaches the virtual service too: by NAT a real
# server, over TCP and SCTP and by what a packet is marked with, and the director's own
# one, also at an address that leads elsewhere. Where nobody serves it hears of it at once.
. "$(dirname "$0")/lib.sh"

modprobe sctp || fail 'no SCTP in this kernel'
topology 1
serve_http 8080
background real1 socat -u EXEC:'echo associated' "SCTP$FAMILY-LISTEN:9090,bind=$(real_address 1)"
wait_listen real1 sctp 9090
director nft -f - <<END
table inet marks {
	chain out {
		type route hook output priority mangle;
		tcp dport 83 meta mark set 5
	}
}
END
ipvs -A -f 5 "${of_family[@]}" -s rr
ipvs -a -f 5 "${of_family[@]}" -r "$(real_address 1):8080" -m
background director socat "TCP$FAMILY-LISTEN:81,fork,reuseaddr" 'SYSTEM:read -r _; echo local'
wait_listen director tcp 81
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $(real_address 1):8080 -m
-A -t $VIP:82 -s rr
-a -t $VIP:82 -r $(host 1 1):81 -m
-A --sctp-service $VIP:90 -s rr
-a --sctp-service $VIP:90 -r $(real_address 1):9090 -m
-A -t $(host 2 200):82 -s rr
-a -t $(host 2 200):82 -r $(host 1 1):81 -m
-A -t $VIP:84 -s rr
-A -t $VIP:85 -s rr
-a -t $VIP:85 -r $(host 2 19):80 -m
END
ip -n director route add unreachable "$(bare "$(host 2 19)")"
equal 'a real server' real1 "$(director curl -s --max-time 30 "http://$VIP/")"
until_equal 20 1 dest_field 1 1 --stats
equal 'the director itself' local "$(director sh -c "echo go | socat -t 60 - TCP$FAMILY:$VIP:82")"
all=5
if [ -z "${IN_TREE-}" ]; then # which looks for it there
	all=6
	equal 'and elsewhere' local \
		"$(director sh -c "echo go | socat -t 60 - TCP$FAMILY:$(host 2 200):82")"
fi
refuse 'nobody serves' director socat - "TCP$FAMILY:$VIP:84,connect-timeout=20"
check 'refused' grep -q 'Connection refused' <<<"$refusal"
refuse 'no way' director socat - "TCP$FAMILY:$VIP:85,connect-timeout=20"
check 'unreachable' grep -q 'No route to host' <<<"$refusal"
check 'a service without servers' ipvs -A -u "$VIP:57" -s rr
refuse 'a datagram for it' director bash -c "echo >/dev/udp/$(bare "$VIP")/57"
[[ $refusal = *'Operation not permitted'* ]] || fail "nobody told: $refusal"
# The last device cannot make its checksum, so that who gets it looks at it.
offloads off director back
equal 'over SCTP' associated "$(director timeout 60 socat -u "SCTP$FAMILY:$VIP:90,bind=$VIP" -)"
equal 'by mark' real1 "$(director curl -s --max-time 30 "http://$VIP:83/")"
equal 'all are in the table' $all "$(connections)"
hops=ttl
[ "$FAMILY" = 4 ] || hops=ipv6-unicast-hops
refuse 'too far' director socat - "TCP$FAMILY:$VIP:80,connect-timeout=20,$hops=1"
check 'exceeded' grep -q 'No route to host' <<<"$refusal"

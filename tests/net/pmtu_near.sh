#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The director's own way to the servers is narrower than the client's to the director. A
# client's socket that would not have its datagrams cut learns what room the tunnel
# leaves, and is answered from then on; who pings a server through the director learns the
# width of the way itself, as without services.
. "$(dirname "$0")/lib.sh"

topology 1
replies_from_tunnel
server=$(real_address 1)
ip -n client route add "$(bare "$server")" via "$(bare "$(host 1 1)")"
ip -n director link set back mtu 1400
outer=20 headers=28 told='Frag needed and DF set (mtu = 1400)'
[ "$FAMILY" = 4 ] || outer=40 headers=48 told='Packet too big: mtu=1400'
background real1 socat -b 65536 -t 60 "UDP$FAMILY-RECVFROM:53,bind=$VIP,fork" 'SYSTEM:head -c 8'
wait_listen real1 udp 53
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $server:53 -i
END

# asks SIZE: the answer to so many octets, or why there is none.
asks() {
	client timeout 60 bash -c "exec 2>&1 3<>/dev/udp/$(bare "$VIP")/53
		printf '%-$1s' question >&3 && dd bs=8 count=1 status=none <&3"
}

width() {
	client ip route get "$(bare "$VIP")" | sed -n 's/.* mtu \([0-9]*\).*/\1/p'
}

room=$((1400 - outer))
equal 'what fits' question "$(asks $((room - headers)))"
equal 'nobody has told a width' '' "$(width)"
refusal=$(asks $((room - headers + 1)))
[[ $refusal = *'Message too long'* ]] || fail "nobody told: $refusal"
equal 'the width told' $room "$(width)"
equal 'cut by that' question "$(asks $((room - headers + 1)))"
equal 'a connection' 3 "$(connections "$(pattern "$VIP:53")")"

# pings SIZE
pings() {
	client ping -M 'do' -c 1 -W 10 -s "$1" "$(bare "$server")"
}

check 'a ping that fits' pings $((1400 - headers))
refuse 'one that does not' pings $((1400 - headers + 1))
[[ $refusal = *"$told"* ]] || fail 'nobody told'

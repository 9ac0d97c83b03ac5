#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Clients and real servers behind VLAN devices, whose frames need more room in front
# and whose offloads are others: large transfers in both directions are whole, by NAT
# and by direct routing, with the offloads of the director's devices and without.
. "$(dirname "$0")/lib.sh"

topology 1
serve_http 8080
background real1 socat "TCP$FAMILY-LISTEN:81,reuseaddr,fork" EXEC:sha256sum
wait_listen real1 tcp 81
# lane NAMESPACE DEVICE NUMBER: its address in the network that is the VLAN's number.
lane() {
	local id=5
	[ "$2" = back ] || id=6
	ip_lines "$1" <<-END
		link add link $2 name lane$id type vlan id $id
		link set lane$id up
		address add $(network $id "$3") dev lane$id
	END
}
lane client front 10
lane director front 1
lane director back 1
lane real1 back 11
lane switch front 254
lane switch back 254
virtual=$(host 6 100) other=$(host 6 101)
ip_lines director <<END
address add $(alone 6 100) dev lane6
address add $(alone 6 101) dev lane6
END
# Answers of direct routing do not come by the director.
ip_lines real1 <<END
address add $(alone 6 101) dev lo
route replace default via $(bare "$(host 5 1)")
route add default via $(bare "$(host 5 254)") table 5
END
ip -n real1 "-$FAMILY" rule add from "$(alone 6 101)" table 5 || fail 'rule'
ipvs -R <<END
-A -t $virtual:80 -s rr
-a -t $virtual:80 -r $(host 5 11):8080 -m
-A -t $virtual:81 -s rr
-a -t $virtual:81 -r $(host 5 11):81 -m
-A -t $other:8080 -s rr
-a -t $other:8080 -r $(host 5 11):8080 -g
-A -t $other:81 -s rr
-a -t $other:81 -r $(host 5 11):81 -g
END
head -c 300000 /dev/urandom >"$TMPDIR/www/file"
sum=$(sha256sum <"$TMPDIR/www/file")

transfers() {
	local where
	for where in "$virtual:80" "$other:8080"; do
		equal "from $where, $1" "$sum" "$(client curl -s --max-time 100 "http://$where/file" | sha256sum)"
	done
	for where in "$virtual:81" "$other:81"; do
		equal "to $where, $1" "$sum" "$(client socat -t 60 -T 60 - "TCP$FAMILY:$where" <"$TMPDIR/www/file")"
	done
}

transfers 'all as it comes'
for device in front back; do
	director ethtool -K $device txvlan off rxvlan off >/dev/null || fail 'ethtool'
done
transfers 'the tag in the frame'
for device in front back lane5 lane6; do
	director ethtool -K $device tx off tso off gso off gro off >/dev/null
done
transfers 'without offloads'
by_direct_routing() {
	ipvs -Ln --stats --exact | grep -A 1 "$(pattern "$other:81")" | awk '/->/ { print $3 }'
}
equal 'connections by direct routing' 3 "$(by_direct_routing)"

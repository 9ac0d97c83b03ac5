#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each packet that ends with us is counted where the stack counts its own, by what was
# wrong with it.
. "$(dirname "$0")/lib_lab.sh"

case $FAMILY in
4) ip=Ip big=FragFails short=totlen=30 loopback=127.0.0.1 ;;
6) ip=Ip6 big=InTooBigErrors short=plen=10 loopback='[::1]' ;;
esac
ports=$(away 9 1) server=$(host 2 11)
client=$(bare "$ports") about="$no_port sum=bad / tcp $ports:1000"

# counted NAME NUMBER <SCRIPT: after these packets the counter stands higher by the number
# than it did. (In tree hardly anything is counted.)
counted() {
	local before
	before=$(counter "$1")
	wire
	[ -n "${IN_TREE-}" ] ||
		equal "$1" "$2" "$(($(counter "$1") - before))"
}
counter() {
	director nstat -asz "$ip$1" | awk -v name="$ip$1" '$1 == name { print $2 }'
}

lab
ip -n director route add unreachable "$(bare "$(host 2 19)")"
ip -n director link set back mtu 1400
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $server:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $(host 2 19):53 -g
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r $server:54 -g
-A -u $VIP:55 -s rr
-A -u $VIP:56 -s rr
-a -u $VIP:56 -r $loopback:53 -m
END
wire <<END
send client tcp $ports:1000 > $VIP:80 flags=S
expect server tcp $ports:1000 > $server:8080
END
counted InHdrErrors 2 <<END
send client tcp $ports:1001 > $VIP:80 flags=S ttl=1
send client udp $ports:1000 > $VIP:54 ttl=1
expect client $icmp * > $client / tcp $ports:1001 > $VIP:80
expect client $icmp * > $client / udp $ports:1000 > $VIP:54
END
counted "$big" 1 <<END
send client udp $ports:1000 > $VIP:54 size=1380 df=1
expect client $icmp * > $client mtu=1400 / udp $ports:1000 > $VIP:54
END
counted OutNoRoutes 1 <<END
send client udp $ports:1000 > $VIP:53
expect client $icmp * > $client / udp $ports:1000 > $VIP:53
END
# nobody from elsewhere may talk to the loopback
counted InDiscards 1 <<END
send client udp $ports:1000 > $VIP:56
quiet client $icmp * > $client / udp $ports:1000 > $VIP:56
END
# nobody serves; an error of a server's that was damaged; a header that is not all there
counted InDiscards 3 <<END
send client udp $ports:1000 > $VIP:55
expect client $icmp * > $client / udp $ports:1000 > $VIP:55
send server $icmp $(bare "$server") > $client $about > $server:8080 flags=A
send client tcp $ports:1000 > $VIP:80 flags=PA $short
send client tcp $ports:1000 > $VIP:80 flags=PA
expect server tcp $ports:1000 > $server:8080 flags=PA
END
director "$IPVSADM" -d -t $VIP:80 -r "$server:8080"
counted InDiscards 1 <<END
send client tcp $ports:1000 > $VIP:80 flags=PA
quiet server tcp $ports:1000 > $server:8080
END

# A datagram as long as can be has no room for another header before it. (In tree its length
# is what is left over.)
[ -z "${IN_TREE-}" ] || exit 0
for place in client director; do
	ip -n $place link set front mtu 65535
done
director "$IPVSADM" -a -u $VIP:55 -r "$server:55" -i
most=$((65535 - (octets == 20 ? 28 : 8)))
counted FragFails 1 <<END
send client udp $ports:1000 > $VIP:55 size=$most id=1 frag=0+32768
send client udp $ports:1000 > $VIP:55 size=$most id=1 frag=32768+$((most + 8 - 32768))
quiet server * * > *
END
# Nobody cuts IPv6 into smaller pieces than came.
[ "$FAMILY" = 4 ] || exit 0
counted FragFails 0 <<END
send client udp $ports:1000 > $VIP:55 size=$((most - 20)) id=2 frag=0+32768
send client udp $ports:1000 > $VIP:55 size=$((most - 20)) id=2 frag=32768+$((most + 8 - 20 - 32768))
expect server * * > *
END

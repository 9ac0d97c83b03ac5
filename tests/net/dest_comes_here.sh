#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The address of a real server becomes one of the director's own, and goes again: by
# each method the packets of its connections, too, stay here meanwhile.
. "$(dirname "$0")/lib_lab.sh"

client=$(away 9 1) server=$(host 2 12)

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $server:53 -g
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r $server:9054 -m
END
# told PORT: the director itself answers. (In tree over IPv6 it does not, or with a
# checksum that is not there.)
told() {
	[ -n "${IN_TREE-}" ] && [ "$FAMILY" = 6 ] ||
		echo "for 53 54 expect client $icmp $VIP > $(bare "$client") $no_port sum=good" \
			"/ udp $client:$1 > $VIP:%"
}
wire <<END
sysctl director net/ipv4/icmp_ratelimit 0
sysctl director net/ipv6/icmp/ratelimit 0
for 53 54 send client udp $client:1000 > $VIP:%
expect server udp $client:1000 > $VIP:53
expect server udp $client:1000 > $server:9054
run director ip address add $(alone 2 12) dev back
for 53 54 send client udp $client:1000 > $VIP:%
$(told 1000)
quiet server udp $client:* > *
for 53 54 send client udp $client:1001 > $VIP:%
$(told 1001)
END
# Of a connection that began here the answers are seen.
[ -n "${IN_TREE-}" ] || equal 'answers' 1 "$(dest_field 2 3 --stats)"
wire <<END
run director ip address del $(alone 2 12) dev back
for 53 54 send client udp $client:1000 > $VIP:%
expect server udp $client:1000 > $VIP:53
expect server udp $client:1000 > $server:9054
for 53 54 send client udp $client:1002 > $VIP:%
expect server udp $client:1002 > $VIP:53
expect server udp $client:1002 > $server:9054
END

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Last, for in tree a device of IPv6 cannot go while a server has its address.

# A server that is the director itself.
locals() {
	setup local <<-'END'
		-A -t @v:80 -s rr
		-a -t @v:80 -r @d:8080 -m
		-A -u @v:53 -s rr
		-a -u @v:53 -r @b:53 -g
		-A -u @v:54 -s rr
		-a -u @v:54 -r @b:54 -i
		-A -u @v:55 -s rr
		-a -u @v:55 -r @v:55 -m
	END
	scenario local <<-'END'
		front tcp @c:1000 > @v:80 flags=S
		front udp @c:1000 > @v:53 size=9
		front udp @c:1000 > @v:54 size=9
		front udp @c:1000 > @v:55 size=9
		front udp @c:1001 > @v:55 size=9 ttl=1
		front @icmp @c > @v @unreach / tcp @v:80 > @c:1000
		front @icmp @c > @v @unreach / udp @v:53 > @c:1000
	END
	scenario nat-icmp-send-own <<-'END'
		sysctl net/ipv4/vs/nat_icmp_send 1
		run echo question | socat -u - UDP:@c:1000,bind=@v:55 2>/dev/null || :
		run echo question | socat -u - UDP:@c:1000,bind=@v:56
		sysctl net/ipv4/vs/nat_icmp_send 0
	END
}

for family in 4 6; do
	locals
done

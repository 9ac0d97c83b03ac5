# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With the kernel's connection tracking, whose entries are part of what is compared.

tracked() {
	local watch='table inet w { chain c { type filter hook forward priority 0; ct state new; }; }'
	local only='tracked|tcp-(life|again)|udp|sctp|errors-of-.*|fragments|own-clients'
	setup "tracked-$1" < <(rules "${@:2}")
	scenario tracked <<-END
		sysctl net/ipv4/vs/conntrack 1
		run echo '$watch' | nft -f -
		front tcp @c:1000 > @v:80 flags=S
		front udp @c:1000 > @v:53 size=30
	END
	tcp_of_clients
	udp_of_clients
	errors
	headers
	own_clients
	errors_of_servers
}

for family in 4 6; do
	tracked nat -m 8080 5353 9090
	tracked dr -g
	tracked ipip -i
done
family=4
tracked gue '-i --tun-type gue --tun-port 6080'
family=6
tracked gre '-i --tun-type gre --tun-csum'

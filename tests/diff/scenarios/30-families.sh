# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Servers of the other family, which tunnels reach: setups are named by the clients'.

families() {
	local far=$((10 - family)) name=mixed-$1
	local only='tcp-life|udp|sctp|ipsec.*|errors-of.*|ttl|fragments|widths|offloads.*'
	setup "$name" < <(rules "$2")
	tcp_of_clients
	udp_of_clients
	errors
	headers
	errors_of_servers
	offloads
	errors_of_tunnels "$name" "$2"
}

for family in 4 6; do
	families ipip -i
	families gue '-i --tun-type gue --tun-port 6080 --tun-remcsum'
	families gre '-i --tun-type gre --tun-csum'
done

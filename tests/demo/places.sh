# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The places of the demo, each a network namespace with one interface, eth0:
#
#   client 192.0.2.10 -- router --+-- director1 10.0.0.1    the primary
#                      10.0.0.254 +-- director2 10.0.0.2    the backup
#                                 +-- real1     10.0.0.11   nginx
#                                 +-- real2     10.0.0.12   nginx
#                                 +-- real3     10.0.0.13   nginx
#
# The router is the switch of that network as well. Its ports have the names of
# what is plugged in: to set one down is to pull that cable.

places=(router client director1 director2 real1 real2 real3)
home=/tmp/demo

place() {
	ip netns add "$1"
	mkdir -p "$home/$1"
	ip -n "$1" link set lo up
	ip netns exec "$1" sysctl -qw net.ipv4.ip_forward="$2" \
		net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 \
		net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.default.send_redirects=0 \
		net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
}

# plug PLACE ADDRESS GATEWAY
plug() {
	ip -n router link add "$1" type veth peer name eth0 netns "$1"
	ip -n "$1" address add "$2" dev eth0
	ip -n "$1" link set eth0 up
	ip -n "$1" route add default via "$3"
	ip -n router link set "$1" up
}

network() {
	local number
	place router 1
	ip -n router link add lan type bridge
	ip -n router address add 10.0.0.254/24 dev lan
	ip -n router link set lan up
	place client 0
	plug client 192.0.2.10/24 192.0.2.1
	ip -n router address add 192.0.2.1/24 dev client
	for number in 1 2; do
		place "director$number" 1
		plug "director$number" "10.0.0.$number/24" 10.0.0.254
		ip -n router link set "director$number" master lan
	done
	for number in 1 2 3; do
		place "real$number" 0
		plug "real$number" "10.0.0.1$number/24" "$gateway"
		ip -n router link set "real$number" master lan
		answer_directly "real$number"
		web_server "real$number"
	done
}

# The address of the service by direct routing, unheard of by ARP, and the way
# of its answers: past the director.
answer_directly() {
	ip netns exec "$1" sysctl -qw net.ipv4.conf.all.arp_ignore=1 \
		net.ipv4.conf.all.arp_announce=2
	ip -n "$1" address add "$web_dr/32" dev lo
	ip -n "$1" rule add from "$web_dr" lookup 100
	ip -n "$1" route add default via 10.0.0.254 table 100
}

# Slow on purpose: a download must last. In small steps, so that a pause shows.
web_server() {
	cat >"$home/$1/nginx.conf" <<-END
		user root;
		worker_processes 1;
		pid $home/$1/nginx.pid;
		error_log $home/$1/error.log;
		events { }
		http {
			access_log off;
			sendfile_max_chunk 16k;
			server {
				listen 80;
				listen 8080;
				root $home/www;
				location = / { return 200 "$1\n"; }
				location = /big { limit_rate $rate; }
			}
		}
	END
	ip netns exec "$1" nginx -e "$home/$1/error.log" -c "$home/$1/nginx.conf"
}

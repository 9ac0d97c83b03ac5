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

# Many words to few programs: under emulation each one takes its time.
network() {
	local place
	mkdir -p "${places[@]/#/$home/}"
	printf 'netns add %s\n' "${places[@]}" | ip -batch -
	for place in "${places[@]}"; do
		tune "$place"
	done
	cables | ip -n router -batch -
	plug client 192.0.2.10/24 192.0.2.1
	plug director1 10.0.0.1/24 10.0.0.254
	plug director2 10.0.0.2/24 10.0.0.254
	plug real1 10.0.0.11/24 "$gateway"
	plug real2 10.0.0.12/24 "$gateway"
	plug real3 10.0.0.13/24 "$gateway"
	for place in real1 real2 real3; do
		answer_directly $place
		web_server $place
	done
}

tune() {
	local forward=0
	[[ $1 =~ router|director ]] && forward=1
	ip netns exec "$1" sysctl -qw net.ipv4.ip_forward=$forward \
		net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 \
		net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.default.send_redirects=0 \
		net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
}

cables() {
	local place
	echo 'link add lan type bridge'
	echo 'address add 10.0.0.254/24 dev lan'
	echo 'link set lan up'
	for place in "${places[@]:1}"; do
		echo "link add $place type veth peer name eth0 netns $place"
		[ "$place" = client ] || echo "link set $place master lan"
		echo "link set $place up"
	done
	echo 'address add 192.0.2.1/24 dev client'
}

# plug PLACE ADDRESS GATEWAY
plug() {
	ip -n "$1" -batch - <<-END
		link set lo up
		address add $2 dev eth0
		link set eth0 up
		route add default via $3
	END
}

# The address of the service by direct routing, unheard of by ARP, and the way
# of its answers: past the director.
answer_directly() {
	ip netns exec "$1" sysctl -qw net.ipv4.conf.all.arp_ignore=1 \
		net.ipv4.conf.all.arp_announce=2
	ip -n "$1" -batch - <<-END
		address add $web_dr/32 dev lo
		rule add from $web_dr lookup 100
		route add default via 10.0.0.254 table 100
	END
}

# Slow on purpose: a download must last. In small steps, so that a pause shows.
# Each request has a connection of its own.
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
			keepalive_timeout 0;
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

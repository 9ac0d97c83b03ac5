#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Name servers behind NAT, direct routing and a tunnel, asked over UDP and TCP: by UDP
# each port of the client's is a connection of its own, and the answer is the virtual
# address's, or dig would not take it.
. "$(dirname "$0")/lib_dns.sh"

topology 3
replies_from_tunnel
ip_lines real1 <<END
address del $(alone 1 100) dev lo
route replace default via $(bare "$(host 2 1)")
END
# dnsmasq takes no TCP from an interface without an address.
device=tunl0
[ "$FAMILY" = 4 ] || device=ip6tnl0
ip -n real3 address add "$(alone 1 100)" dev $device
serve_dns

# by METHOD NUMBER PACKETS: to that server, so many of whose packets over UDP come back
# by the director.
by() {
	local server
	server=$(real_address "$2"):53
	ipvs -C
	ipvs -R <<-END || fail 'configuration'
		-A -u $VIP:53 -s rr
		-a -u $VIP:53 -r $server $1
		-A -t $VIP:53 -s rr
		-a -t $VIP:53 -r $server $1
	END
	equal "$1, UDP" "real$2=2" "$(spread 2 ask_dns "@$(bare $VIP)")"
	equal "$1, TCP" "real$2" "$(ask_dns "@$(bare $VIP)" +tcp)"
	equal 'one connection a question' 2 "$(connections " UDP .*$(pattern "$server")")"
	until_equal 20 2 dest_field "$2" 2 -u $VIP:53 --stats
	until_equal 20 "$3" dest_field "$2" 3 -u $VIP:53 --stats
}

by -m 1 2
by -g 2 0
by -i 3 0

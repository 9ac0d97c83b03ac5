#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Name servers behind NAT, direct routing and a tunnel, asked over UDP and TCP: by UDP
# each port of the client's is a connection of its own, and the answer is the virtual
# address's, or dig would not take it. Two servers have their exact share by each method.
. "$(dirname "$0")/lib_dns.sh"

topology 4
replies_from_tunnel
replies_back 1
replies_back 2
# dnsmasq takes no TCP from an interface without an address.
device=tunl0
[ "$FAMILY" = 4 ] || device=ip6tnl0
for number in 3 4; do
	ip -n real$number address add "$(alone 1 100)" dev $device
done
serve_dns

# by METHOD PACKETS ONE OTHER: to these two servers, so many of whose packets over UDP
# come back by the director.
by() {
	local number service
	ipvs -C
	for service in "-u $VIP:53" "-t $VIP:53"; do
		echo "-A $service -s rr"
		for number in $3 $4; do
			echo "-a $service -r $(real_address "$number"):53 $1"
		done
	done >"$TMPDIR/rules"
	ipvs -R <"$TMPDIR/rules" || fail 'configuration'
	equal "$1, UDP" "real$3=2 real$4=2" "$(spread 4 ask_dns "@$(bare $VIP)")"
	equal "$1, TCP" "real$3=1 real$4=1" "$(spread 2 ask_dns "@$(bare $VIP)" +tcp)"
	for number in $3 $4; do
		# One connection a question, one packet each way.
		until_equal 20 2 dest_field "$number" 1 -u $VIP:53 --stats
		until_equal 20 2 dest_field "$number" 2 -u $VIP:53 --stats
		until_equal 20 "$2" dest_field "$number" 3 -u $VIP:53 --stats
	done
}

by -m 2 1 2
by -g 0 3 4
by -i 0 3 4

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# UDP by NAT: each client port is a connection of its own, in state UDP, and
# the reply carries the virtual address.
. "$(dirname "$0")/lib.sh"

topology 2
serve_udp 53
check 'add a service' ipvs -A -u $VIP:53 -s rr
for number in 1 2; do
	check "add real$number" ipvs -a -u $VIP:53 -r "$(real_address $number):53" -m
done

equal 'round robin is exact' 'real1=3 real2=3' "$(spread 6 ask_udp 53)"
equal 'one connection a client port' 6 "$(connections 'UDP .* UDP')"
until_equal 20 3 dest_field 1 2 --stats
until_equal 20 3 dest_field 1 3 --stats

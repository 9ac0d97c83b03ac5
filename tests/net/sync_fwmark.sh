#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Connections and templates of a service by firewall mark: on the backup they are
# bound to the real server of the same mark.
. "$(dirname "$0")/lib_sync.sh"

topology 2 backup
replies_direct
serve_http 80
for place in director backup; do
	check "$place marks packets" on "$place" nft -f - <<-END
		table ip marks {
			chain in {
				type filter hook prerouting priority mangle;
				ip daddr $VIP meta mark set 7
			}
		}
	END
	check "a service on $place" on "$place" "$IPVSADM" -A -f 7 -s rr -p 300
	for number in 1 2; do
		check "real$number on $place" on "$place" \
			"$IPVSADM" -a -f 7 -r "$(real_address $number)" -g
	done
done
start_daemons --syncid 0

hold 80
knows backup 1 'TCP ESTABLISHED'
same_entries "TCP ESTABLISHED $CLIENT:"
until_equal 10 1 active backup
note 'ok: it is bound to a server of the mark'
until_equal 20 "$(entries director '^IP ')" entries backup '^IP '
equal 'one template, of the mark' 1 "$(count_entries backup "^IP .*$CLIENT:0 0.0.0.7:0")"

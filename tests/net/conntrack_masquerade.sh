#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Full NAT with the help of netfilter: the real servers, whose default route leads
# elsewhere, see the director as their client, because nft masquerades after us.
. "$(dirname "$0")/lib.sh"

topology 2
serve_http 8080
serve_udp 5353
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $(real_address 1):8080 -m
-a -t $VIP:80 -r $(real_address 2):8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $(real_address 1):5353 -m
END
check 'tracking on' director sh -c 'echo 1 >/proc/sys/net/ipv4/vs/conntrack'
for number in 1 2; do
	ip "-$FAMILY" -n "real$number" route del default
done
director nft -f - <<END
table inet after {
	chain leaving {
		type nat hook postrouting priority srcnat
		oifname "back" masquerade
	}
}
END
equal 'round robin' 'real1=3 real2=3' "$(spread 6 get)"
equal 'UDP' real1 "$(ask_udp 53)"
head -c 3000000 /dev/urandom >"$TMPDIR/www/file"
equal 'a file of 3 MB is whole' "$(sha256sum <"$TMPDIR/www/file")" \
	"$(client curl -s --max-time 120 "http://$VIP/file" | sha256sum)"
equal 'entries that lead back to the director' 8 "$(director conntrack -L -f "ipv$FAMILY" 2>/dev/null |
	grep -c "src=$(bare "$CLIENT") dst=$(bare "$VIP") .*src=[^ ]*1[12] dst=$(bare "$(host 2 1)") ")"

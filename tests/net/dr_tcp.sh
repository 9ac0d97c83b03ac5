#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# TCP by direct routing: requests pass the director unchanged but for the link
# address; replies never touch it.
. "$(dirname "$0")/lib.sh"

topology 3
replies_direct
serve_http 80
check 'add a service' ipvs -A -t $VIP:80 -s rr
for number in 1 2 3; do
	check "add real$number" ipvs -a -t $VIP:80 -r "$(real_address $number)" -g
done

get >/dev/null
before=$(received director back)
equal 'round robin is exact' 'real1=3 real2=3 real3=3' "$(spread 9 get)"
equal 'method shown' Route "$(dest_field 1 1)"
equal 'no reply is counted' 0 "$(dest_field 2 3 --stats)"

# ARP apart, nothing comes back from the real servers.
grown=$(($(received director back) - before))
[ $grown -lt 18 ] || fail "the director saw $grown packets from the back network"
note "ok: $grown packets came from the back network in 9 requests"

head -c 4000000 /dev/urandom >"$TMPDIR/www/file"
sum=$(sha256sum <"$TMPDIR/www/file")
equal 'a file of 4 MB is whole' "$sum" \
	"$(client curl -s --max-time 120 "http://$VIP/file" | sha256sum)"

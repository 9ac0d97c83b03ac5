#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# TCP by NAT: requests and replies both pass the director, which rewrites them;
# round robin gives each server its exact share; a large file arrives whole.
. "$(dirname "$0")/lib.sh"

topology 3
serve_http 8080
check 'add a service' ipvs -A -t $VIP:80 -s rr
for number in 1 2 3; do
	check "add real$number" ipvs -a -t $VIP:80 -r "$(real_address $number):8080" -m
done

equal 'round robin is exact' 'real1=4 real2=4 real3=4' "$(spread 12 get)"
until_equal 20 4 dest_field 2 1 --stats
[ "$(dest_field 2 3 --stats)" -ge 16 ] || fail 'replies are not counted'

head -c 8000000 /dev/urandom >"$TMPDIR/www/file"
sum=$(sha256sum <"$TMPDIR/www/file")
equal 'a file of 8 MB is whole' "$sum" \
	"$(client curl -s --max-time 120 "http://$VIP/file" | sha256sum)"

equal 'the server sees the client' "$CLIENT" \
	"$(ipvs -Lnc | awk '$3 == "FIN_WAIT" || $3 == "TIME_WAIT" { sub(/:[0-9]*$/, "", $4); print $4; exit }')"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# TCP by tunnel: real servers take requests out of IPIP and answer the client
# themselves; a large file arrives whole, and so does one that the client sends.
. "$(dirname "$0")/lib.sh"

topology 2
replies_from_tunnel
serve_http 80
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $(real_address 1):80 -i
-a -t $VIP:80 -r $(real_address 2):80 -i
END
equal 'round robin is exact' 'real1=2 real2=2' "$(spread 4 get)"
equal 'method shown' Tunnel "$(dest_field 1 1)"
equal 'no reply is counted' 0 "$(dest_field 2 3 --stats)"
head -c 2000000 /dev/urandom >"$TMPDIR/www/file"
sum=$(sha256sum <"$TMPDIR/www/file")
equal 'a file of 2 MB is whole' "$sum" \
	"$(client curl -s --max-time 60 "http://$VIP/file" | sha256sum)"

# The client's packets are the ones that the tunnel carries.
background real1 socat -u "TCP$FAMILY-LISTEN:81,reuseaddr" "OPEN:$TMPDIR/received,creat"
wait_listen real1 tcp 81
ipvs -R <<END
-A -t $VIP:81 -s rr
-a -t $VIP:81 -r $(real_address 1):81 -i
END
check 'send a file' client socat -u "OPEN:$TMPDIR/www/file" "TCP$FAMILY:$VIP:81"
complete() { [ "$(sha256sum <"$TMPDIR/received")" = "$sum" ]; }
until_true 30 complete || fail 'what the server received differs'

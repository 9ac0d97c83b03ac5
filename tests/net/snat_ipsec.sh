#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An answer by NAT leaves by the IPsec tunnel that there is for the virtual address, not
# in clear.
. "$(dirname "$0")/lib_lab.sh"

client=$(away 9 1) server=$(host 2 11)
ends="src $(bare "$(host 1 1)") dst $(bare "$CLIENT") proto esp"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $server:80 -m
END
wire <<END
send client tcp $client:1000 > $VIP:80 flags=S
expect server tcp $client:1000 > $server:80 flags=S
send server tcp $server:80 > $client:1000 flags=SA
expect client tcp $VIP:80 > $client:1000 flags=SA
END
ip -n director -batch - <<END || fail 'IPsec'
xfrm state add $ends spi 256 mode tunnel enc ecb(cipher_null) "" auth digest_null ""
xfrm policy add dir out src $(alone 1 100) dst $(bare "$client") tmpl $ends mode tunnel
END
wire <<END
send server tcp $server:80 > $client:1000 flags=A
expect client esp $(host 1 1) > $CLIENT
quiet client tcp $VIP:80 > $client:1000
END

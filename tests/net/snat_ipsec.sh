#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An answer by NAT leaves by the IPsec tunnel that there is for the virtual address, not
# in clear.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 flags=S
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=SA
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=SA
END
ip -n director -batch - <<END || fail 'IPsec'
xfrm state add src 10.0.1.1 dst 10.0.1.10 proto esp spi 256 mode tunnel enc ecb(cipher_null) "" auth digest_null ""
xfrm policy add dir out src $VIP/32 dst 10.9.0.0/16 tmpl src 10.0.1.1 dst 10.0.1.10 proto esp mode tunnel
END
wire <<END
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=A
expect client esp 10.0.1.1 > 10.0.1.10
quiet client tcp $VIP:80 > 10.9.0.1:1000
END

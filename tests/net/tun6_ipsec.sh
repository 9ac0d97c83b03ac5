#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The packets of a tunnel over IPv6 are the director's own: IPsec between it and the real
# server covers them. Where it forbids them the client hears of it, and nothing leaves.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

client=$(away 9 1) here=$(bare "$(host 2 1)") server=$(bare "$(host 2 11)")
packet="udp $client:1000 > $VIP:53"

# policy WORD...: what to do with what goes from here to the server.
policy() {
	ip -n director xfrm policy update dir out src "$here" dst "$server" "$@" || fail 'policy'
}

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [$server]:53 -i
END
wire <<END
send client $packet size=1
expect server ip6 $here > $server / $packet size=1
END
ip -n director xfrm state add src "$here" dst "$server" proto esp spi 256 mode transport \
	enc 'ecb(cipher_null)' '' auth digest_null '' || fail 'IPsec'
policy tmpl src "$here" dst "$server" proto esp mode transport
wire <<END
send client $packet size=2
expect server esp $here > $server
quiet server ip6 $here > $server
END
policy action block
wire <<END
send client $packet size=3
expect client icmp6 * > $(bare "$client") type=1 code=3 sum=good / $packet size=3
quiet server * $here > $server
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A client on the director itself, whose packets a tunnel carries: its socket learns
# at once how much room there is.
. "$(dirname "$0")/lib_tun.sh"

topology 1
replies_direct
topology_six
decapsulate
background real1 socat TCP6-LISTEN:81,ipv6only=0,reuseaddr,fork EXEC:sha256sum
wait_listen real1 tcp 81
ip_lines director <<END
route add 10.0.3.0/24 via 10.0.2.254
route add fd00:3::/64 via fd00:2::254
END
ip_lines real1 <<END
route add local 10.0.3.0/24 dev lo
route add local fd00:3::/64 dev lo
END
ipvs -R <<END
-A -t 10.0.3.1:81 -s rr
-a -t 10.0.3.1:81 -r 10.0.2.11:81 -i
-A -t 10.0.3.2:81 -s rr
-a -t 10.0.3.2:81 -r [fd00:2::11]:81 -i --tun-type gre
-A -t [fd00:3::1]:81 -s rr
-a -t [fd00:3::1]:81 -r 10.0.2.11:81 -i --tun-type gue --tun-port $GUE_PORT
END
head -c 80000 /dev/urandom >"$TMPDIR/file"
sum=$(sha256sum <"$TMPDIR/file")
upload() {
	director socat -t 60 -T 60 - "TCP:$1:81" <"$TMPDIR/file"
}

# width ADDRESS: of the route that the socket had.
width() {
	director ip route get "$1" | sed -n 's/.* mtu \([0-9]*\).*/\1/p'
}

equal 'IPv4 by IP in IP' "$sum" "$(upload 10.0.3.1)"
equal 'its width' 1480 "$(width 10.0.3.1)"
equal 'IPv4 by GRE over IPv6' "$sum" "$(upload 10.0.3.2)"
equal 'its width' 1456 "$(width 10.0.3.2)"
equal 'IPv6 by GUE' "$sum" "$(upload '[fd00:3::1]')"
equal 'its width' 1468 "$(width fd00:3::1)"

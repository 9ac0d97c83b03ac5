#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A marked one-packet service without servers, with cache_bypass: packets go where the
# client wants, and nothing is remembered of them.
. "$(dirname "$0")/lib_lab.sh"

lab
ip -n director -batch - <<END || fail 'rules'
rule add fwmark 7 lookup 100
route add local default dev lo table 100
END
director nft -f - <<END
table ip marks {
	chain before {
		type filter hook prerouting priority mangle;
		iifname front udp dport 53 meta mark set 7
	}
}
END
ipvs -A -f 7 -s rr -o
wire <<END
sysctl director net/ipv4/vs/cache_bypass 1
for 1 2 send client udp 10.9.0.1:1000 > 10.8.0.5:53 size=%
for 1 2 expect server udp 10.9.0.1:1000 > 10.8.0.5:53 size=%
conns director 0 *
END

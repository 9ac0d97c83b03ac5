#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A marked one-packet service without servers, with cache_bypass: packets go where the
# client wants, and nothing is remembered of them.
. "$(dirname "$0")/lib_lab.sh"

question="udp $(away 9 1):1000 > $(away 8 5):53"

lab
ip "-$FAMILY" -n director -batch - <<END || fail 'rules'
rule add fwmark 7 lookup 100
route add local default dev lo table 100
END
director nft -f - <<END
table inet marks {
	chain before {
		type filter hook prerouting priority mangle;
		iifname front udp dport 53 meta mark set 7
	}
}
END
case $FAMILY in
4) ipvs -A -f 7 -s rr -o ;;
6) ipvs -A -f 7 -6 -s rr -o ;;
esac
wire <<END
sysctl director net/ipv4/vs/cache_bypass 1
for 1 2 send client $question size=%
for 1 2 expect server $question size=%
conns director 0 *
END

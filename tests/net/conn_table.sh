#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The connection table: its first size is the module's parameter, it grows with the
# connections and shrinks no further than that; a namespace that has neither service
# nor daemon has none, and shows so.
# cpus: 2
. "$(dirname "$0")/lib_lab.sh"

size() {
	ipvs -Ln | sed -n 's/.*(size=\([0-9]*\))$/\1/p'
}
load() {
	rmmod ip_vs 2>/dev/null
	modprobe ip_vs ${1:+"conn_tab_bits=$1"}
}
usual=32768
[ -z "${IN_TREE-}" ] || usual=4096

lab
check 'loads' load ''
equal 'the usual size' $usual "$(size)"
for bits in 7 28; do
	check "loads with $bits" load $bits
	equal 'out of bounds: the usual size' $usual "$(size)"
done
check 'loads with 8' load 8
equal 'the size' 256 "$(size)"
for file in ip_vs_conn ip_vs_conn_sync; do
	equal "only the header of $file" 1 "$(director grep -c '' /proc/net/$file)"
done
equal 'no connection' '' "$(ipvs -Lnc | tail -n +3)"
[ -z "${IN_TREE-}" ] || exit 0

# A rule that asks whether a packet is of a virtual service has nowhere to look.
check 'a rule' director iptables -A FORWARD -m ipvs --ipvs -j DROP
wire <<END
send client udp 10.9.0.1:1 > 10.0.2.11:53
expect server udp 10.9.0.1:1 > 10.0.2.11:53
END
check 'no rule' director iptables -F

ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
END
ipvs --set 0 0 20
equal 'the size with a service' 256 "$(size)"
wire <<END
flood client 1000 udp 10.9.0.1:0 > $VIP:53
conns director 1000 UDP *
END
grown() { [ "$(size)" -ge 2048 ]; }
check 'it has grown' until_true 20 grown
wire <<END
noconn director UDP *
END
until_equal 20 256 size

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# IPv6 packets cut at every byte, that lie about their lengths, with chains of
# extension headers in every order, endless ones, and such that cannot be: none
# becomes a connection or is forwarded that should not, what the stack counts as
# bad is counted, and what comes after is served as ever.
FAMILY=6
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r [fd00:2::11]:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r [fd00:2::11]:5353 -m
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r [fd00:2::12]:54 -i
END

# headers NEXT NAME...: such headers, one after the other, and then NEXT.
declare -A type=([hbh]=00 [rt]=2b [frag]=2c [ah]=33 [dst]=3c [none]=3b)
declare -A body=([hbh]=00010400000000 [rt]=00000000000000 [frag]=00000000000001
	[ah]=00000000000001 [dst]=00010400000000)
headers() {
	local next=$1 text='' name i
	shift
	for ((i = $#; i > 0; i--)); do
		name=${!i}
		text=$next${body[$name]}$text
		next=${type[$name]}
	done
	echo "$text"
}

# orders HEAD... -- NAME...: one line for each order of the names.
orders() {
	local head=() i
	while [ "$1" != -- ]; do
		head+=("$1")
		shift
	done
	shift
	[ $# -gt 0 ] || { echo "${head[*]}"; return; }
	for ((i = 1; i <= $#; i++)); do
		orders "${head[@]}" "${!i}" -- "${@:1:i-1}" "${@:i+1}"
	done
}

# chain HEX NAME: the packet begins with that header.
chain() {
	echo "send client $((16#${type[$2]})) fd09::9 > fd00:1::100 hex=$1"
}

udp=03e90035000c0000abcdef01
mapfile -t endless < <(yes dst | head -n 150)
# In the lines of the CPUs.
nothing=$(printf '\\n_%d_0_0_0_0_0' $(seq 0 $(($(nproc) - 1))))
wire <<END
cuts client tcp [fd09::1]:1000 > $VIP:80 flags=S
cuts client udp [fd09::1]:1000 > $VIP:53
cuts client udp [fd09::1]:1000 > $VIP:54
cuts client udp [fd09::1]:1000 > $VIP:53 ext=hbh+dst+rt
for 0 19 send client tcp [fd09::1]:1000 > $VIP:80 flags=S plen=%
for 21 40 send client tcp [fd09::1]:1000 > $VIP:80 flags=S plen=%
for 0 7 send client udp [fd09::1]:1000 > $VIP:53 plen=%
for 0 5 send client tcp [fd09::1]:1000 > $VIP:80 flags=S version=%
for 7 15 send client tcp [fd09::1]:1000 > $VIP:80 flags=S version=%
send client tcp [::1]:80 > $VIP:80 flags=S
send client tcp [ff02::1]:80 > $VIP:80 flags=S
send client tcp [ff0e::1]:80 > $VIP:80 flags=S
send client tcp [fd09::1]:1000 > [ff02::1]:80 flags=S
send client tcp [fd09::1]:1000 > [::1]:80 flags=S
send client tcp [fd09::1]:1000 > $VIP:80
send client tcp [fd09::1]:1000 > $VIP:80 flags=SR
send client tcp [fd09::1]:1000 > $VIP:0 flags=S
send client udp [fd09::1]:0 > $VIP:0
send client udp [fd09::1]:1000 > $VIP:53 size=100 frag=8+8
send client udp [fd09::1]:1000 > $VIP:53 mf=1 off=65528
send client tcp [fd09::1]:1000 > $VIP:80 flags=S off=8 mf=1
# Headers without end, or with an end beyond the packet's; a jumbo of nothing.
$(for name in hbh rt dst; do
	chain "${type[none]}ff${body[$name]:2}" $name
	chain "11ff${body[$name]:2}$udp" $name
	chain "11" $name
	chain "$(headers "${type[$name]}" $name $name)" $name
done)
$(chain "11" frag)
$(chain "11ff" ah)
$(chain "$(headers 3b "${endless[@]}")" dst)
$(chain "$(headers 3c "${endless[@]}")" dst)
$(chain "3b00c20400000000" hbh)
$(chain "1100c20400000000$udp" hbh) plen=0
$(chain "1100c20400000008$udp" hbh) plen=0
$(chain "1100c2040000ffff$udp" hbh) plen=0
cuts client icmp6 fd09::1 > fd00:1::100 type=1 code=4 / udp $VIP:53 > [fd09::1]:1000 size=8
cuts client ip6 fd09::1 > fd00:1::100 / tcp [fd09::1]:1000 > $VIP:80 flags=S
cuts client icmp6 fd09::1 > fd00:1::100 type=2 code=0 mtu=1280 / ip6 fd00:1::100 > fd00:2::12 / udp [fd09::1]:1000 > $VIP:54
quiet server * * > *
conns director 0 *
until director $nothing\n cat /proc/net/ip_vs_stats_percpu
until director InTruncatedPkts_[1-9] cat /proc/net/dev_snmp6/front
until director InHdrErrors_[1-9] cat /proc/net/dev_snmp6/front
# In all orders: whoever is reached by its port is the same client's; AH, whose
# content is nobody's business, belongs to nobody without a key exchange.
$(orders -- hbh rt frag dst | while read -r order; do
	# shellcheck disable=SC2086
	chain "$(headers 11 $order)$udp" "${order%% *}"
done)
conns director 1 *
conn director UDP [fd09::9]:1001 $VIP:53 [fd00:2::11]:5353 UDP
clear server
$(orders -- ah hbh frag dst | while read -r order; do
	# shellcheck disable=SC2086
	chain "$(headers 11 $order)${udp/03e9/03ea}" "${order%% *}"
done)
conns director 1 *
quiet server * * > *
clear client
# The same about connections that there are.
for 1000 1000 send client tcp [fd09::1]:% > $VIP:80 flags=S
send client udp [fd09::1]:1000 > $VIP:53
send client udp [fd09::1]:1000 > $VIP:54
expect server tcp [fd09::1]:1000 > [fd00:2::11]:8080
expect server udp [fd09::1]:1000 > [fd00:2::11]:5353
expect server ip6 fd00:2::1 > fd00:2::12 / udp [fd09::1]:1000 > $VIP:54
cuts client tcp [fd09::1]:1000 > $VIP:80 flags=PA
cuts server tcp [fd00:2::11]:8080 > [fd09::1]:1000 flags=SA
cuts client udp [fd09::1]:1000 > $VIP:54
quiet server * * > *
for 0 15 send client tcp [fd09::1]:1000 > $VIP:80 flags=PA doff=% size=10
for 0 40 send client udp [fd09::1]:1000 > $VIP:53 udplen=% size=10
cuts client icmp6 fd09::1 > fd00:1::100 type=1 code=4 / udp $VIP:53 > [fd09::1]:1000 size=8
for 0 15 send client icmp6 fd09::1 > fd00:1::100 type=1 code=4 / udp $VIP:53 > [fd09::1]:1000 version=%
for 0 60 send client icmp6 fd09::1 > fd00:1::100 type=1 code=4 / udp $VIP:53 > [fd09::1]:1000 plen=%
for 0 3 send client icmp6 fd09::1 > fd00:1::100 type=% code=0 / udp $VIP:53 > [fd09::1]:1000 frag=0+all
for 0 127 send client icmp6 fd09::1 > fd00:1::100 type=% code=9 / udp $VIP:53 > [fd09::1]:1000 ext=dst+rt
cuts server icmp6 fd00:2::11 > fd09::1 type=1 code=4 / tcp [fd09::1]:1000 > [fd00:2::11]:8080
# Too big, for sizes that cannot be.
$(for mtu in 'eid=0 mtu=0' 'eid=0 mtu=1' 'eid=0 mtu=68' 'eid=0 mtu=1279' 'eid=0 mtu=1280' 'eid=32768 mtu=0' 'eid=65535 mtu=65535'; do
	echo "send client icmp6 fd09::1 > fd00:1::100 type=2 code=0 $mtu / udp $VIP:53 > [fd09::1]:1000"
	echo "send server icmp6 fd00:2::254 > fd00:2::1 type=2 code=0 $mtu / ip6 fd00:2::1 > fd00:2::12 / udp [fd09::1]:1000 > $VIP:54"
done)
cuts server icmp6 fd00:2::254 > fd00:2::1 type=2 code=0 mtu=9 / ip6 fd00:2::1 > fd00:2::12 / udp [fd09::1]:1000 > $VIP:54
conns director 4 *
clear server
clear client
send client udp [fd09::1]:1000 > $VIP:54 size=1100
expect server ip6 fd00:2::1 > fd00:2::12 / udp [fd09::1]:1000 > $VIP:54 size=1100
$([ -n "${IN_TREE-}" ] || echo "
send client udp [fd09::1]:1000 > $VIP:54 size=1200
expect server ip6 fd00:2::1 > fd00:2::12 off=0 mf=1")
send client tcp [fd09::1]:1001 > $VIP:80 flags=S
expect server tcp [fd09::1]:1001 > [fd00:2::11]:8080 flags=S sum=good
send server udp [fd00:2::11]:5353 > [fd09::1]:1000 size=10
expect client udp $VIP:53 > [fd09::1]:1000 size=10 sum=good
END

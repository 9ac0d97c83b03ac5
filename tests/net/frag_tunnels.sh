#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fragments go into every kind of tunnel as the one packet that they are, with its
# checksums and those of the tunnel; it is cut anew where the way is too narrow. So it is
# where they are tracked, of whom there is one entry then.
. "$(dirname "$0")/lib_outer.sh"

lab_of_tunnels

# whole CLIENT VIP PORT INNER OUTER KIND: what nobody can judge by a piece alone is the
# tunnel's checksum.
whole() {
	local from=10.0.2.1 to=10.0.2.13 packet="udp $1 > $2:$3 size=2000" header
	[ "$5" = 4 ] || from=fd00:2::1 to=fd00:2::13
	[[ $6 = [235] ]] || return
	header=$(outer "$6" $from $to "$4" '')
	echo "send client $packet id=1$3"
	echo "learn whole$3 check server $header / $packet"
}

# pieces CLIENT VIP PORT INNER OUTER KIND
pieces() {
	local from=10.0.2.1 to=10.0.2.13 packet="udp $1 > $2:$3 size" header check=''
	[[ $6 != [235] ]] || check=" check=@whole$3"
	[ "$5" = 4 ] || from=fd00:2::1 to=fd00:2::13
	header=$(outer "$6" $from $to "$4" '')
	echo "send client $packet=1200 id=$3 frag=600+608"
	echo "send client $packet=1200 id=$3 frag=0+600"
	if [ -n "${IN_TREE-}" ] && [ "$4" = "$5" ]; then # what was in pieces stays so
		echo "expect server $(first "$6" $from $to "$4") / udp $1 > $2:$3"
	else
		echo "expect server $header / $packet=1200 sum=good data=pattern"
	fi
	echo "send client $packet=2000 id=1$3 frag=0+1000"
	echo "send client $packet=2000 id=1$3 frag=1000+1008"
	echo "expect server $(first "$6" $from $to "$4")$check / udp $1 > $2:$3 udplen=2008"
}

# first KIND FROM TO INNER: piece of the tunnel's packet.
first() {
	outer "$@" 'off=0 mf=1' | sed 's/sum=good/sum=cut/; s/grecsum=cut/grecsum=bad/'
}

# widths MTU: of all devices.
widths() {
	local space
	for space in 'client front' 'director front' 'director back' 'server back'; do
		echo "run ${space% *} ip link set ${space#* } mtu $1"
	done
}

# entry CLIENT VIP PORT: of the packet itself.
entry() {
	local client vip port=${1##*:}
	client=$(bare "${1%:*}") vip=$(bare "$2")
	echo "until director src=${client}_dst=${vip}_sport=${port}_dport=${3}_.UNREPLIED._src=${vip}_ cat $TMPDIR/entries"
}

# all PORT COMMAND: from that port, by every kind.
all() {
	local kind
	for kind in "${!kinds[@]}"; do
		"$2" "10.9.0.1:$1" "$VIP" $((50 + kind)) 4 4 "$kind"
		"$2" "10.9.0.1:$1" "$VIP" $((60 + kind)) 4 6 "$kind"
		"$2" "[fd00:9::1]:$1" "[$VIP6]" $((70 + kind)) 6 4 "$kind"
		"$2" "[fd00:9::1]:$1" "[$VIP6]" $((80 + kind)) 6 6 "$kind"
	done
}

# from_port PORT
from_port() {
	widths 9000
	all "$1" whole
	widths 1500
	all "$1" pieces
}

{
	echo 'run director ethtool -K back tx off >/dev/null'
	from_port 1000
	echo 'sysctl director net/ipv4/vs/conntrack 1'
	echo "run director nft 'table inet watch { chain through {' \
		'type filter hook forward priority 0; ct state new; }; }'"
	from_port 1001
	echo "run director { conntrack -L; conntrack -L -f ipv6; } >$TMPDIR/entries 2>/dev/null"
	all 1001 entry
} | wire

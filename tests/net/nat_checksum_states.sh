#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# NAT of packets about whose checksum a device has said what it can: nothing, that it is
# good, what it sums up to, or that it is to make it. To a server and to the director
# itself, by another port, with and without conntrack: good ones arrive good, those of a
# local node are answered, and nobody takes a damaged one for good. SCTP has another
# checksum, so that the kernel's own programs send what of it is left to the device.
. "$(dirname "$0")/lib_lab.sh"

modprobe sctp || fail 'no SCTP in this kernel'
lab
server=$(host 2 11) self=$(host 1 1) back=$(host 2 1) router=$(host 2 254) kind=gre
[ "$FAMILY" = 4 ] || kind=ip6gre
# GRE with a checksum leaves the kernel the sum of what was inside.
director ip -batch - <<END || fail 'GRE'
link add sums type $kind local $(bare "$self") remote $(bare "$CLIENT") csum
link set sums up
link add sums2 type $kind local $(bare "$back") remote $(bare "$router") csum
link set sums2 up
END
# It refuses what it does not know.
ip -n server route add default via "$(bare "$back")"
background director socat "UDP$FAMILY-RECVFROM:5353,fork,bind=$self" PIPE
background director socat "TCP$FAMILY-LISTEN:8081,fork,bind=$self" PIPE
wait_listen director udp 5353
wait_listen director tcp 8081
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $server:8080 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $server:5353 -m
-A --sctp-service $VIP:90 -s rr
-a --sctp-service $VIP:90 -r $server:9090 -m
-A --sctp-service $VIP:91 -s rr
-a --sctp-service $VIP:91 -r $server:91 -g
-A --sctp-service $VIP:92 -s rr
-a --sctp-service $VIP:92 -r $server:92 -i
-A --sctp-service $VIP:93 -s rr
-a --sctp-service $VIP:93 -r $router:9093 -m
-A -t $VIP:81 -s rr
-a -t $VIP:81 -r $self:8081 -m
-A -u $VIP:54 -s rr
-a -u $VIP:54 -r $self:5353 -m
END

# client_at NUMBER: one of its own for each turn.
client_at() {
	if [ "$FAMILY" = 4 ]; then echo "10.9.0.$1"; else echo "[fd09::$1]"; fi
}

# good NUMBER OUTER FIELDS SEEN: sent behind OUTER and with FIELDS.
good() {
	local from
	from=$(client_at "$1")
	cat <<-END
		send client ${2}tcp $from:1000 > $VIP:80 flags=S $3
		expect server tcp $from:1000 > $server:8080 flags=S $4
		send server tcp $server:8080 > $from:1000 flags=SA
		expect client tcp $VIP:80 > $from:1000 flags=SA sum=good
		send client ${2}udp $from:1000 > $VIP:53 size=100 $3
		expect server udp $from:1000 > $server:5353 size=100 data=pattern $4
		send server udp $server:5353 > $from:1000 size=100
		expect client udp $VIP:53 > $from:1000 size=100 data=pattern sum=good
		send client ${2}tcp $from:1000 > $VIP:81 flags=S $3
		expect client tcp $VIP:81 > $from:1000 flags=SA sum=partial
		send client ${2}udp $from:1000 > $VIP:54 size=100 $3
		expect client udp $VIP:54 > $from:1000 size=100 data=pattern sum=partial
	END
}

# damaged NUMBER OUTER
damaged() {
	local from
	from=$(client_at "$1")
	cat <<-END
		send client ${2}tcp $from:1000 > $VIP:80 flags=S sum=bad
		expect server tcp $from:1000 > $server:8080 flags=S sum=bad
		send client ${2}udp $from:1000 > $VIP:53 size=100 sum=bad
		expect server udp $from:1000 > $server:5353 size=100 sum=bad
		send client ${2}tcp $from:1000 > $VIP:81 flags=S sum=bad
		send client ${2}udp $from:1000 > $VIP:54 size=100 sum=bad
		quiet client * $VIP > $from
	END
}

# sctp NUMBER OUTER BACK SEEN: sent behind OUTER, answered behind BACK.
sctp() {
	local from
	from=$(client_at "$1")
	cat <<-END
		send client ${2}sctp $from:1000 > $VIP:90 chunk=init
		expect server sctp $from:1000 > $server:9090 chunk=init $4
		send server ${3}sctp $server:9090 > $from:1000 chunk=init-ack
		expect client sctp $VIP:90 > $from:1000 chunk=init-ack $4
		send client ${2}sctp $from:1000 > $VIP:91 chunk=init
		expect server sctp $from:1000 > $VIP:91 chunk=init $4
		send client ${2}sctp $from:1000 > $VIP:92 chunk=init
		expect server $ipip $(bare "$back") > $(bare "$server") / sctp $from:1000 > $VIP:92 chunk=init sum=good
	END
}

# program NAMESPACE ADDRESS FROM TO: begins an association to that port from both.
program() {
	local to=SCTP$FAMILY:$VIP:$4,sourceport=$3$4,bind=$2
	echo "run $1 (timeout 9 socat - $to </dev/null >/dev/null 2>&1 &)"
}

# left PORT NAT DIRECT TUNNELLED: to a device, which makes it or leaves it.
left() {
	program client "$CLIENT" "$1" 90
	program client "$CLIENT" "$1" 91
	program client "$CLIENT" "$1" 92
	program director "$VIP" "$1" 90
	cat <<-END
		expect server sctp $CLIENT:${1}90 > $server:9090 chunk=init $2
		expect server sctp $CLIENT:${1}91 > $VIP:91 chunk=init $3
		expect server $ipip $(bare "$back") > $(bare "$server") / sctp $CLIENT:${1}92 > $VIP:92 chunk=init $4
		expect server sctp $VIP:${1}90 > $server:9090 chunk=init $2
		send client sctp $(client_at "$1"):1000 > $VIP:93 chunk=init vtag=0
		expect client sctp $VIP:93 > $(client_at "$1"):1000 chunk=abort $2
	END
}

gre="gre $(bare "$CLIENT") > $(bare "$self") grecsum=1 / "
gre_back="gre $(bare "$router") > $(bare "$back") grecsum=1 / "
seen=sum=good
for conntrack in 0 1; do
	echo "sysctl director net/ipv4/vs/conntrack $conntrack"
	echo 'run director ethtool -K front gro off'
	echo 'run client ethtool -K front tso on'
	good 1$conntrack '' '' sum=good
	damaged 2$conntrack ''
	good 3$conntrack '' csum=partial sum=partial
	good 4$conntrack "$gre" '' sum=good
	damaged 5$conntrack "$gre"
	sctp 6$conntrack '' '' "$seen"
	sctp 8$conntrack "$gre" "$gre_back" sum=good
	# Who might merge packets looks at their checksums first.
	echo 'run director ethtool -K front gro on'
	echo 'run client ethtool -K front tso off'
	good 7$conntrack '' '' 'sum=good valid=1'
	# Who tracks packets looks at that of SCTP.
	echo "run director nft 'table inet watch { chain through {' \
		'type filter hook forward priority 0; ct state new; }; }'"
	seen='sum=good valid=1'
done >"$TMPDIR/script"
{
	# In tree NAT makes it at once.
	left 90 sum="$([ -n "${IN_TREE-}" ] && echo good || echo partial)" sum=partial ''
	echo 'run director for d in front back; do ethtool -K $d tx off >/dev/null; done'
	left 91 sum=good sum=good sum=good
} >>"$TMPDIR/script"
wire <"$TMPDIR/script"

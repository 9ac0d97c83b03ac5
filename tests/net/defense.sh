#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What a flood of new connections meets: of drop_packet one in am_droprate is dropped,
# drop_entry ends those that stay half open, with their templates, secure_tcp believes in
# none before a server has. Modes 1 and 2 follow the memory that amemthresh asks for.
. "$(dirname "$0")/lib_lab.sh"

vs() {
	director sh -c "echo $2 >/proc/sys/net/ipv4/vs/$1" || fail "$1=$2"
}

mode() {
	director cat "/proc/sys/net/ipv4/vs/$1"
}

# opens PROTOCOL VPORT N: so many new connections, each from an address of its own.
next=1
opens() {
	local flags=''
	[ "$1" = udp ] || flags=flags=S
	for ((i = 0; i < $3; i++, next++)); do
		echo "send client $1 10.9.$((next >> 8)).$((next & 255)):1000 > $VIP:$2 $flags"
	done >"$TMPDIR/opens"
	wire <"$TMPDIR/opens"
}

# passes N: of N new connections all get in.
passes() {
	local before
	before=$(connections UDP)
	opens udp 53 "$1"
	[ $(($(connections UDP) - before)) -eq "$1" ]
}

lost() {
	! passes 1
}

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -g
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
-A -t $VIP:81 -s rr
-a -t $VIP:81 -r 10.0.2.11:81 -g
-A -t $VIP:82 -s rr -p
-a -t $VIP:82 -r 10.0.2.11:82 -m
END

# Memory decides, also over what is done.
vs amemthresh 2147483647
vs drop_packet 1
check 'all are dropped' until_true 10 lost
vs amemthresh 0
check 'none is' until_true 10 passes 10
vs drop_packet 0
for name in drop_entry drop_packet secure_tcp; do
	vs amemthresh 2147483647
	vs $name 1
	until_equal 10 2 mode $name
	vs amemthresh 0
	until_equal 10 1 mode $name
	vs $name 0
done

vs am_droprate 5
vs drop_packet 3
check 'one is dropped' until_true 10 lost
before=$(connections UDP)
opens udp 53 50
equal 'of 50 new ones' 40 $(($(connections UDP) - before))
vs am_droprate 0
check 'none in none' until_true 10 passes 50
vs am_droprate -1
check 'less than none' until_true 10 lost
before=$(connections UDP)
opens udp 53 20
equal 'is all' 0 $(($(connections UDP) - before))
vs drop_packet 0
check 'no more' until_true 10 passes 10

vs secure_tcp 3
synack() {
	opens tcp 81 1
	[ "$(connections SYNACK)" -gt 0 ]
}
check 'a SYN is not much' until_true 10 synack
wire <<END
send client tcp 10.9.200.1:1000 > $VIP:80 flags=S seq=100
conn director TCP 10.9.200.1:1000 $VIP:80 10.0.2.11:80 SYN_RECV
send server tcp 10.0.2.11:80 > 10.9.200.1:1000 flags=SA seq=500 ack=101
conn director TCP 10.9.200.1:1000 $VIP:80 10.0.2.11:80 SYNACK
send client tcp 10.9.200.1:1000 > $VIP:80 flags=A seq=101 ack=501
conn director TCP 10.9.200.1:1000 $VIP:80 10.0.2.11:80 SYNACK
send server tcp 10.0.2.11:80 > 10.9.200.1:1000 flags=A seq=501 ack=101
conn director TCP 10.9.200.1:1000 $VIP:80 10.0.2.11:80 ESTABLISHED
END
vs secure_tcp 0
syn_recv() {
	opens tcp 81 1
	[ "$(connections ':81 .*SYN_RECV\|SYN_RECV .*:81 ')" -gt 0 ]
}
check 'a SYN is enough' until_true 10 syn_recv

opens tcp 82 100
half_open() {
	connections 'SYN_RECV .*:82 '
}
templates() {
	connections 'NONE .*:82 '
}
equal 'half open' 100 "$(half_open)"
equal 'templates' 100 "$(templates)"
fewer() {
	[ "$(half_open)" -lt 95 ]
}
vs drop_entry 3
check 'half open ones go' until_true 40 fewer
vs drop_entry 0
alike() {
	[ "$(half_open)" -eq "$(templates)" ]
}
check 'and their templates' until_true 10 alike
equal 'who is established stays' 1 "$(connections 'ESTABLISHED 10.9.200.1:')"

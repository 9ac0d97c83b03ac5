#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The control connection of FTP, byte by byte: where the answer to PASV gets a
# longer address, sequence numbers, acknowledgements and what a selective one
# tells are shifted from there on, for what is sent again too; both checksums
# stay right, and the transfer finds its server, also where the answer gets too long
# for the way.
. "$(dirname "$0")/lib_lab.sh"

lab
check 'the helper' modprobe ip_vs_ftp
ipvs -R <<END
-A -t $VIP:21 -s rr
-a -t $VIP:21 -r 10.0.2.11:21 -m
END
there='tcp 10.9.0.1:1000 >'
back="tcp $VIP:21 > 10.9.0.1:1000"
# client FIELDS / FIELDS: what the client sends and how the server gets it; and the
# same of the server's.
client() {
	echo "send client $there $VIP:21 $1"
	echo "expect server $there 10.0.2.11:21 $2 sum=good ipsum=good"
}
server() {
	echo "send server tcp 10.0.2.11:21 > 10.9.0.1:1000 $1"
	echo "expect client $back $2 sum=good ipsum=good"
}
# again: an answer once more, which in tree is not changed again.
again() {
	[ -n "${IN_TREE-}" ] || server "$@"
}
# wide DF SEQ
wide() {
	local text
	text="227\s$(printf %037d 0 | tr 0 .)(10,0,2,11,7,210)\r\n"
	cat <<-END
		send server tcp 10.0.2.11:21 > 10.9.0.1:1000 df=$1 flags=PA seq=$2 ack=118 data=$text
		expect client $back off=0 mf=1 totlen=100 seq=$(($2 + 2)) ack=118 ipsum=good
		expect client tcp $VIP > 10.9.0.1 off=80 mf=0 size=1 ipsum=good
	END
}
# In tree the sum of what is changed is left to the device.
in_tree=
[ -z "${IN_TREE-}" ] || in_tree='run director ethtool -K front tx off >/dev/null'
wire <<END
$in_tree
$(client 'flags=S seq=99' 'flags=S seq=99')
$(server 'flags=SA seq=499 ack=100' 'flags=SA seq=499 ack=100')
$(client 'flags=A seq=100 ack=500' 'flags=A seq=100 ack=500')
# nobody has asked
$(server 'flags=PA seq=500 ack=100 data=227\s(10,0,2,11,7,208)\r\n' 'seq=500 ack=100 size=23 data=227.(10,0,2,11,7,208)..')
$(client 'flags=PA seq=100 ack=523 data=PASV\r\n' 'seq=100 ack=523 data=PASV..')
noconn director TCP 10.9.0.1:0 *
# one octet more
$(server 'flags=PA seq=523 ack=106 data=227\s(10,0,2,11,7,208)\r\n' 'seq=523 ack=106 size=24 data=227.(10,0,1,100,7,208)..')
conn director TCP 10.9.0.1:0 $VIP:2000 10.0.2.11:2000 LISTEN
expires director 110-120 TCP 10.9.0.1:0 $VIP:2000 10.0.2.11:2000 LISTEN
$(client 'flags=A seq=106 ack=547' 'seq=106 ack=546')
# once more
$(again 'flags=PA seq=523 ack=106 data=227\s(10,0,2,11,7,208)\r\n' 'seq=523 ack=106 size=24 data=227.(10,0,1,100,7,208)..')
# the transfer
send client tcp 10.9.0.1:1001 > $VIP:2000 flags=S seq=7
expect server tcp 10.9.0.1:1001 > 10.0.2.11:2000 flags=S seq=7 sum=good
send server tcp 10.0.2.11:2000 > 10.9.0.1:1001 flags=SA seq=8 ack=8
expect client tcp $VIP:2000 > 10.9.0.1:1001 flags=SA seq=8 ack=8 sum=good
conn director TCP 10.9.0.1:1001 $VIP:2000 10.0.2.11:2000 SYN_RECV
send client tcp 10.9.0.1:1001 > $VIP:2000 flags=A seq=8 ack=9
expect server tcp 10.9.0.1:1001 > 10.0.2.11:2000 flags=A seq=8 ack=9
conn director TCP 10.9.0.1:1001 $VIP:2000 10.0.2.11:2000 ESTABLISHED
noconn director TCP 10.9.0.1:0 *
# what follows on the control connection
$(server 'flags=PA seq=546 ack=106 data=150\sgo\r\n' 'seq=547 ack=106 data=150.go..')
$(client 'flags=A seq=106 ack=555' 'seq=106 ack=554')
$(client 'flags=A seq=106 ack=523' 'seq=106 ack=523')
# lost on its way is 547-555, arrived 555-563
$(client 'flags=A seq=106 ack=547 tcpopt=0101050a0000022b00000233' 'seq=106 ack=546 tcpopt=0101050a0000022a00000232')
# one octet more again
$(client 'flags=PA seq=106 ack=555 data=pasv\r\n' 'seq=106 ack=554 data=pasv..')
$(server 'flags=PA seq=554 ack=112 data=227\s(10,0,2,11,7,209)\r\n' 'seq=555 ack=112 size=24 data=227.(10,0,1,100,7,209)..')
$(client 'flags=A seq=112 ack=579' 'seq=112 ack=577')
$(server 'flags=PA seq=577 ack=112 data=226\sdone\r\n' 'seq=579 ack=112 data=226.done..')
$(server 'flags=PA seq=546 ack=106 data=150\sgo\r\n' 'seq=547 ack=106 data=150.go..')
# a broken one is not read, and not made right
send server tcp 10.0.2.11:21 > 10.9.0.1:1000 flags=PA seq=587 ack=112 data=500\s\r\n sum=bad
quiet client tcp $VIP:21 > 10.9.0.1:1000 seq=589
# What as it came was as wide as the way is one octet wider: it goes in pieces, even what
# was not to be cut, for the server cannot send it narrower. (In tree that is lost.)
run director ip link set front mtu 100
$(client 'flags=PA seq=112 ack=589 data=PASV\r\n' 'seq=112 ack=587 data=PASV..')
$([ -n "${IN_TREE-}" ] || wide 0 587)
$([ -n "${IN_TREE-}" ] || wide 1 587)
END

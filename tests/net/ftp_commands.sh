#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the control connection of FTP says of transfers, and the entries that come
# of it: active and passive, commands in pieces, a port that another transfer
# has, a service of another port.
. "$(dirname "$0")/lib_lab.sh"

lab
check 'the helper' modprobe ip_vs_ftp ports=21,2121
apps() { director awk '$1 == "TCP" { print $2, $4 }' /proc/net/ip_vs_app; }
equal 'its ports' "$(printf '21 ftp\n2121 ftp')" "$(apps | sort -n)"
number=1 me=10.9.0.1 other=10.9.0.2
[ "$FAMILY" = 4 ] || number=2 me='[fd09::1]' other='[fd09::2]'
address=$(bare "$me")
real1=$(real_address 1) real2=$(real_address 2)
ipvs -R <<END
-A -t $VIP:21 -s rr
-a -t $VIP:21 -r $real1:21 -m
-a -t $VIP:21 -r $real2:21 -m -w 0
-A -t $VIP:2121 -s rr
-a -t $VIP:2121 -r $real1:2021 -m
END

# open PORT VIRTUAL REAL: a control connection.
open() {
	cat <<-END
		send client tcp $me:$1 > $VIP:$2 flags=S seq=99
		expect server tcp $me:$1 > $3 flags=S
		send server tcp $3 > $me:$1 flags=SA seq=499 ack=100
		expect client tcp $VIP:$2 > $me:$1 flags=SA
		send client tcp $me:$1 > $VIP:$2 flags=A seq=100 ack=500
		expect server tcp $me:$1 > $3 flags=A
		conn director TCP $me:$1 $VIP:$2 $3 ESTABLISHED
	END
}
# says PORT VIRTUAL SEQ TEXT
says() {
	echo "send client tcp $me:$1 > $VIP:$2 flags=PA seq=$3 ack=500 data=$4"
	echo "expect server tcp $me:$1 > * flags=PA seq=$3 sum=good"
}
# answers PORT REAL TEXT WANTED
answers() {
	echo "send server tcp $2 > $me:$1 flags=PA seq=500 ack=100 data=$3"
	echo "expect client tcp $VIP:21 > $me:$1 flags=PA seq=500 data=$4 sum=good"
}
# active PORT VIRTUAL REAL: the server opens the transfer.
active() {
	cat <<-END
		conn director TCP $me:$1 $VIP:$2 $3 LISTEN
		send server tcp $3 > $me:$1 flags=S seq=1
		expect client tcp $VIP:$2 > $me:$1 flags=S sum=good
		send client tcp $me:$1 > $VIP:$2 flags=SA seq=1 ack=2
		expect server tcp $me:$1 > $3 flags=SA sum=good
		send server tcp $3 > $me:$1 flags=A seq=2 ack=2
		expect client tcp $VIP:$2 > $me:$1 flags=A sum=good
		conn director TCP $me:$1 $VIP:$2 $3 ESTABLISHED
	END
}

wire <<END
$(open 1000 21 "$real1:21")
$(says 1000 21 100 'EPRT\s|'"$number|$address"'|5000|\r\n')
$(active 5000 20 "$real1:20")
# in small letters, with another delimiter
$(says 1000 21 200 'eprt\s!'"$number!$address"'!5001!\r\n')
$(active 5001 20 "$real1:20")
# of a port of its own
$(open 1001 2121 "$real1:2021")
$(says 1001 2121 100 'EPRT\s|'"$number|$address"'|5002|\r\n')
$(active 5002 2120 "$real1:2020")
# passive
$(says 1000 21 300 'EPSV\r\n')
$(answers 1000 "$real1:21" '229\s(|||2000|)\r\n' '229.(|||2000|)..')
conn director TCP $me:0 $VIP:2000 $real1:2000 LISTEN
# only the client itself is let through
send client tcp $other:1500 > $VIP:2000 flags=S
send client tcp $me:1500 > $VIP:2000 flags=S
expect server tcp $me:1500 > $real1:2000 flags=S sum=good
conn director TCP $me:1500 $VIP:2000 $real1:2000 SYN_RECV
quiet server tcp $other:1500 > *
END
[ -n "${IN_TREE-}" ] && exit
wire <<END
# in three pieces, then with one missing, then behind another command
$(says 1000 21 400 'EP')
$(says 1000 21 402 'RT\s|'"$number|$address")
$(says 1000 21 $((408 + ${#address})) '|5003|\r\n')
$(active 5003 20 "$real1:20")
$(says 1000 21 500 'EP')
$(says 1000 21 503 'T\s|'"$number|$address"'|5004|\r\n')
$(says 1000 21 600 'TYPE\sI\r\nEPRT\s|'"$number|$address"'|5005|\r\n')
$(active 5005 20 "$real1:20")
noconn director TCP $me:5004 *
# passive again, and the same number from another server: the client is told
# another
$(says 1000 21 700 'EPSV\r\n')
$(answers 1000 "$real1:21" '229\s(|||2000|)\r\n' '229.(|||2000|)..')
run director $IPVSADM -e -t $VIP:21 -r $real1:21 -m -w 0
run director $IPVSADM -e -t $VIP:21 -r $real2:21 -m -w 1
$(open 1002 21 "$real2:21")
$(says 1002 21 100 'EPSV\s'$number'\r\n')
send server tcp $real2:21 > $me:1002 flags=PA seq=500 ack=100 data=229\s(!!!2000!)\r\n
learn answer data client tcp $VIP:21 > $me:1002 flags=PA seq=500 size=17 sum=good
conns director 2 TCP $me:0 $VIP:* * LISTEN
conn director TCP $me:0 $VIP:* $real2:2000 LISTEN
send server tcp $real2:21 > $me:1002 flags=PA seq=500 ack=100 data=229\s(!!!2000!)\r\n
learn again data client tcp $VIP:21 > $me:1002 flags=PA seq=500 size=17 sum=good
conns director 2 TCP $me:0 $VIP:* * LISTEN
# behind it the numbers are shifted
send server tcp $real2:21 > $me:1002 flags=PA seq=516 ack=100 data=150\sgo\r\n
expect client tcp $VIP:21 > $me:1002 seq=517 data=150.go.. sum=good
send client tcp $me:1002 > $VIP:21 flags=A seq=108 ack=525
expect server tcp $me:1002 > $real2:21 seq=108 ack=524 sum=good
END

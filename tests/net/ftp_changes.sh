#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Several answers of one control connection of FTP get other lengths, shorter (a server
# that writes its port with zeros in front) and longer: numbers and acknowledgements are
# shifted by all that was before, also of what is sent again and of what a selective one
# tells, and the changed segment sent again is changed in the same way, whoever makes its
# checksum.
. "$(dirname "$0")/lib_lab.sh"

lab
check 'the helper' modprobe ip_vs_ftp
me=$(away 9 1) real=$(host 2 11) other=$(host 2 12)
ipvs -R <<END
-A -t $VIP:21 -s rr
-a -t $VIP:21 -r $real:21 -m
-a -t $VIP:21 -r $other:21 -m -w 0
END

# c SEQ ACK OF-SERVER [FIELDS FIELDS]: the client's; what it acknowledges, as the server
# counts.
c() {
	echo "send client tcp $me:1000 > $VIP:21 flags=PA seq=$1 ack=$2 ${4-}"
	echo "expect server tcp $me:1000 > $real:21 flags=PA seq=$1 ack=$3 ${5-} sum=good"
}
# s SEQ OF-CLIENT ACK FIELDS [FIELDS]: the server's, the number as the client counts.
s() {
	echo "send server tcp $real:21 > $me:1000 flags=PA seq=$1 ack=$3 $4"
	echo "expect client tcp $VIP:21 > $me:1000 flags=PA seq=$2 ack=$3 ${5-sum=good}"
}
# again: the same once more, which in tree is not changed again.
again() {
	[ -n "${IN_TREE-}" ] || s "$@"
}
# sack FROM TO...: option; two blocks at most.
sack() {
	printf 'tcpopt=010105%02x' $((2 + 4 * $#))
	printf %08x "$@"
}
# open PORT REAL
open() {
	cat <<-END
		send client tcp $me:$1 > $VIP:21 flags=S seq=99
		expect server tcp $me:$1 > $2:21 flags=S seq=99
		send server tcp $2:21 > $me:$1 flags=SA seq=499 ack=100
		expect client tcp $VIP:21 > $me:$1 flags=SA seq=499 ack=100
		send client tcp $me:$1 > $VIP:21 flags=A seq=100 ack=500
		expect server tcp $me:$1 > $2:21 flags=A seq=100 ack=500
	END
}

first='data=229\s(|||0002001|)\r\n' as_first='size=16 data=229.(|||2001|)..'
second='data=229\s(|||000000002002|)\r\n' as_second='size=16 data=229.(|||2002|)..'
ask=EPSV size=16 change=1 third='data=229\s(|||2003|)\r\n' as_third='size=17'
taken='' made=sum=good
[ -z "${IN_TREE-}" ] || made=sum=partial # what is changed is left to the device
if [ "$FAMILY" = 4 ]; then
	ask=PASV size=23 third='data=227\s(10,0,2,11,7,211)\r\n'
	as_third='size=24 data=227.(10,0,1,100,7,211)..'
elif [ -n "${IN_TREE-}" ]; then # only shorter ones
	size=19 change=-3 third='data=229\s(|||0002003|)\r\n' as_third='size=16 data=229.(|||2003|)..'
else # the client has been told that port by another server
	taken="run director $IPVSADM -e -t $VIP:21 -r $real:21 -m -w 0
run director $IPVSADM -e -t $VIP:21 -r $other:21 -m -w 1
$(open 1002 "$other")
send client tcp $me:1002 > $VIP:21 flags=PA seq=100 ack=500 data=EPSV\r\n
expect server tcp $me:1002 > $other:21 data=EPSV..
send server tcp $other:21 > $me:1002 flags=PA seq=500 ack=106 data=229\s(|||2003|)\r\n
expect client tcp $VIP:21 > $me:1002 data=229.(|||2003|).."
fi
go='data=150\sgo\r\n' gone='data=150.go.. sum=good' done='data=226\sdone\r\n'
wire <<END
$(open 1000 "$real")
$(c 100 500 500 'data=EPSV\r\n')
$(s 500 500 106 "$first" "$as_first $made")
conn director TCP $me:0 $VIP:2001 $real:2001 LISTEN
$(again 500 500 106 "$first" "$as_first $made")
$(c 106 500 500)
$(c 106 516 519)
$(s 519 516 106 "$go" "$gone")
# 150 is lost behind us, the next one arrives
$(s 527 524 106 "$done" 'size=10 sum=good')
$(c 106 516 519 "$(sack 524 534)" "$(sack 527 537)")
$(s 519 516 106 "$go" "$gone")
$(c 106 534 537)
# of the client's numbers none is another
$(s 537 534 106 "$(sack 112 118)" "$(sack 112 118) sum=good")
# shorter again
$(c 106 534 537 'data=EPSV\r\n')
$(s 537 534 112 "$second" "$as_second $made")
conn director TCP $me:0 $VIP:2002 $real:2002 LISTEN
$(again 537 534 112 "$second csum=partial" "$as_second sum=partial")
$(s 519 516 106 "$go" "$gone")
$(c 112 534 537)
$(c 112 550 561)
$(s 561 550 112 "$go" "$gone")
$(c 112 534 537 "$(sack 550 558)" "$(sack 561 569)")
$(c 112 516 519 "$(sack 524 534 550 558)" "$(sack 527 537 561 569)")
$(again 537 534 112 "$second" "$as_second $made")
$(c 112 558 569)
# longer
$taken
$(c 112 558 569 "data=$ask\r\n")
$(s 569 558 118 "$third" "$as_third $made")
$(again 569 558 118 "$third csum=partial" "$as_third sum=partial")
$(s 561 550 112 "$go" "$gone")
$(c 118 558 569)
$(c 118 $((558 + size + change)) $((569 + size)))
$(s $((569 + size)) $((558 + size + change)) 118 "$go" "$gone")
$(c 118 558 569 "$(sack $((558 + size + change)) $((566 + size + change)))" \
	"$(sack $((569 + size)) $((577 + size)))")
$(c 118 $((566 + size + change)) $((577 + size)))
END

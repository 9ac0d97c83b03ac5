#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Traffic that is for no virtual service passes a director with services bit for
# bit as without: only the TTL counts down. So it does where answers of other
# connections are looked for, so that each packet is looked up.
. "$(dirname "$0")/lib_lab.sh"

client=$(away 9 1) server=$(host 2 11)
# What only the IPv4 header has.
four() { [ "$FAMILY" != 4 ] || echo " $*"; }
# length OCTETS: of a packet, by what is in it.
length() { [ "$FAMILY" = 4 ] && echo "totlen=$((20 + $1))" || echo "plen=$1"; }
# piece OCTETS: the header of fragments tells of itself.
piece() { [ "$FAMILY" = 4 ] && length "$1" || length $(($1 + 8)); }
echo=$([ "$FAMILY" = 4 ] && echo 'type=8' || echo 'type=128')

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r $server:80 -m
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $server:53 -m
END
bystanders() {
	cat <<END
send client tcp $client:1000 > $server:80 flags=S seq=1 id=9 tos=4 mss=1000 win=77
expect server tcp $client:1000 > $server:80 flags=S seq=1$(four id=9) tos=4 win=77 $(length 24) ttl=63 sum=good$(four ipsum=good)
send server tcp $server:80 > $client:1000 flags=SA seq=5 ack=2
expect client tcp $server:80 > $client:1000 flags=SA seq=5 ack=2 ttl=63 sum=good
send client tcp $client:1000 > $server:80 flags=PA size=500 sum=bad
expect server tcp $client:1000 > $server:80 size=500 sum=bad data=pattern
send client udp $client:1000 > $server:53 size=500 sum=zero df=1
expect server udp $client:1000 > $server:53 size=500 sum=zero$(four df=1) data=pattern
send server udp $server:53 > $client:1000 size=500
expect client udp $server:53 > $client:1000 size=500 sum=good data=pattern
send client udp $client:1000 > $server:53 size=2000 id=5 frag=0+1000
send client udp $client:1000 > $server:53 size=2000 id=5 frag=1000+1008
expect server udp $client:1000 > $server:53 off=0 mf=1 $(piece 1000)$(four id=5)
expect server udp $client > $server off=1000 mf=0 size=1008$(four id=5)
send client $icmp $client > $server $echo eid=3 eseq=4 size=100
expect server $icmp $client > $server $echo eid=3 eseq=4 size=100 data=pattern sum=good
send client $icmp $client > $server $no_port / udp $server:53 > $client:1000 size=8
expect server $icmp $client > $server $no_port sum=good / udp $server:53 > $client:1000 sum=good
send client $ipip $client > $server / tcp $client:1000 > $VIP:80 flags=S
expect server $ipip $client > $server ttl=63 / tcp $client:1000 > $VIP:80 ttl=64 sum=good
for 50 51 send client % $client > $server size=100 id=9 tos=4
expect server esp $client > $server size=108$(four id=9) tos=4 ttl=63 data=........abcdefghijklmnopqrstuvwxyzbcdefg
expect server ah $client > $server size=124$(four id=9) tos=4 ttl=63 data=........................abcdefghijklmnop
send client sctp $client:1000 > $server:5000 chunk=init id=9 tos=4
expect server sctp $client:1000 > $server:5000 chunk=init$(four id=9) tos=4 ttl=63 sum=good
send client sctp $client:1000 > $server:5000 chunk=data sum=bad
expect server sctp $client:1000 > $server:5000 chunk=data sum=bad
send client 99 $client > $server size=100
expect server 99 $client > $server size=100 data=pattern
send client 253 $client > $server size=100
expect server 253 $client > $server size=100 data=pattern
send client 254 $client > $server size=100
expect server 254 $client > $server size=100 data=pattern
$([ "$FAMILY" = 4 ] || echo "
send client udp $client:1000 > $server:53 flow=74565 ext=hbh+dst size=20
expect server udp $client:1000 > $server:53 flow=74565 ext=hbh+dst ttl=63 size=20 sum=good")
# Super-packets stay whole.
send client tcp $client:1000 > $server:80 flags=PA seq=3 size=6000 id=9 df=1 csum=partial gso=1400
expect server tcp $client:1000 > $server:80 flags=PA seq=3 size=6000$(four id=9 df=1) ttl=63 gso=1400 sum=partial data=pattern
send server tcp $server:80 > $client:1000 flags=PA seq=5 size=6000 csum=partial gso=1400
expect client tcp $server:80 > $client:1000 flags=PA seq=5 size=6000 ttl=63 gso=1400 sum=partial data=pattern
# Of the virtual address, a port without a service is the director's own.
send client tcp $client:1000 > $VIP:81 flags=S seq=9
expect client tcp $VIP:81 > $client:1000 flags=RA ack=10$(four sum=good)
send client udp $client:1000 > $VIP:54
expect client $icmp $VIP > $client $no_port / udp $client:1000 > $VIP:54
END
}
{
	bystanders
	echo 'conns director 0 *'
} | wire || exit
{
	cat <<END
send client udp $(away 9 77):7 > $VIP:53 size=9
expect server udp $(away 9 77):7 > $server:53 size=9 sum=good
END
	bystanders
	echo 'conns director 1 *'
} | wire

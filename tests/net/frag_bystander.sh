#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fragments on their way through a director are reassembled only when they come from
# a real server, whose answer they may be; all others go on at once and as they came:
# in any order, overlapping, without the rest.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:5353 -m
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.12:80 -m
END
# The in-tree module reassembles everything.
strangers=$([ -n "${IN_TREE-}" ] || for protocol in udp tcp sctp icmp; do
	case $protocol in
	icmp) to='10.9.0.1 > 10.8.0.5' back='10.0.2.19 > 10.9.0.1' more='type=8' ;;
	sctp) to='10.9.0.1:1000 > 10.8.0.5:53' back='10.0.2.19:53 > 10.9.0.1:1000' more=chunk=data ;;
	*) to='10.9.0.1:1000 > 10.8.0.5:53' back='10.0.2.19:53 > 10.9.0.1:1000' more=tos=4 ;;
	esac
	cat <<-END
		send client $protocol $to size=2000 id=5 $more frag=1000+800
		expect server $protocol 10.9.0.1 > 10.8.0.5 off=1000 mf=1 id=5 size=800 ttl=63 ipsum=good
		send client $protocol $to size=2000 id=5 $more frag=1200+808
		expect server $protocol 10.9.0.1 > 10.8.0.5 off=1200 id=5 size=808 ttl=63 ipsum=good
		send client $protocol $to size=2000 id=5 $more frag=0+1000
		expect server $protocol $to off=0 mf=1 id=5 totlen=1020 ttl=63 ipsum=good
		send server $protocol $back size=2000 id=6 $more frag=1000+504
		expect client $protocol 10.0.2.19 > 10.9.0.1 off=1000 mf=1 id=6 size=504 ttl=63 ipsum=good
	END
done)
wire <<END
$strangers
send client udp 10.9.0.1:1000 > $VIP:53
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S
expect server udp 10.9.0.1:1000 > 10.0.2.11:5353
expect server tcp 10.9.0.1:1000 > 10.0.2.12:80
# Answers are looked for from now on.
$strangers
# What a real server says beside keeps its boundaries.
send server udp 10.0.2.11:77 > 10.9.0.1:1000 size=2000 id=7 frag=1200+808
quiet client udp 10.0.2.11 > *
send server udp 10.0.2.11:77 > 10.9.0.1:1000 size=2000 id=7 frag=504+696
send server udp 10.0.2.11:77 > 10.9.0.1:1000 size=2000 id=7 frag=0+504
expect client udp 10.0.2.11:77 > 10.9.0.1:1000 off=0 mf=1 totlen=524 id=7 ttl=63 ipsum=good
expect client udp 10.0.2.11 > 10.9.0.1 off=504 mf=1 totlen=716 id=7 ttl=63 ipsum=good
expect client udp 10.0.2.11 > 10.9.0.1 off=1200 mf=0 totlen=828 id=7 ttl=63 ipsum=good
# Of answers that overlap, or never are whole, nothing comes out.
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=2000 id=8 frag=0+1000
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=2000 id=8 frag=992+1016
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=2000 id=8 frag=1000+1008
send server tcp 10.0.2.12:80 > 10.9.0.1:1000 flags=SA size=2000 id=9 frag=0+1000
quiet client * * > 10.9.0.1
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=2000 id=10 frag=1000+1008
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=2000 id=10 frag=0+1000
expect client udp $VIP:53 > 10.9.0.1:1000 off=0 mf=1 totlen=1020 id=10 ttl=63 ipsum=good
expect client udp $VIP > 10.9.0.1 off=1000 mf=0 totlen=1028 id=10 ttl=63 ipsum=good
# A server that is removed still answers for its connections.
run director $IPVSADM -d -u $VIP:53 -r 10.0.2.11:5353
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=2000 id=11 frag=1000+1008
send server udp 10.0.2.11:5353 > 10.9.0.1:1000 size=2000 id=11 frag=0+1000
expect client udp $VIP:53 > 10.9.0.1:1000 off=0 mf=1 id=11
quiet client udp 10.0.2.11 > *
END

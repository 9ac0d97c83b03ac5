#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Of a packet whose fragments never all come nothing comes out, from clients and from
# servers; in time what has come is given up, of which who sent the first is told.
. "$(dirname "$0")/lib_lab.sh"

client=$(away 9 1) server=$(host 2 11)
case $FAMILY in
4) given_up='type=11 code=1' knobs=net/ipv4/ipfrag time=time
	none='FRAG:_inuse_0_memory_0 cat /proc/net/sockstat' ;;
6) given_up='type=3 code=1' knobs=net/netfilter/nf_conntrack_frag6 time=timeout
	none='Ip6ReasmTimeout_6_ cat /proc/net/snmp6' ;; # nobody shows its queues
esac

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r $server:5353 -m
-A --sctp-service $VIP:5000 -s rr
-a --sctp-service $VIP:5000 -r $server:5000 -m
END
wire <<END
sysctl director net/ipv4/icmp_ratelimit 0
sysctl director net/ipv6/icmp/ratelimit 0
send client udp $client:1000 > $VIP:53
expect server udp $client:1000 > $server:5353
sysctl director ${knobs}_$time 2
send client udp $client:1001 > $VIP:53 size=2000 id=1 frag=0+1000
send client udp $client:1002 > $VIP:53 size=2000 id=2 frag=1000+1008
send client sctp $client:1003 > $VIP:5000 chunk=init size=2000 id=3 frag=0+1000
send server udp $server:5353 > $client:1000 size=2000 id=4 frag=0+1000
send server udp $server:5353 > $client:1000 size=2000 id=5 frag=1000+1008
# The middle is missing.
send client udp $client:1006 > $VIP:53 size=2000 id=6 frag=1400+608
send client udp $client:1006 > $VIP:53 size=2000 id=6 frag=0+800
expect client $icmp $VIP > $client $given_up sum=good / udp $client:1001 > $VIP:53
expect client $icmp $VIP > $client $given_up sum=good / sctp $client:1003 > $VIP:5000
expect client $icmp $VIP > $client $given_up sum=good / udp $client:1006 > $VIP:53
expect server $icmp $(host 2 1) > $server $given_up sum=good / udp $server:5353 > $client:1000
until director $none
# The memory has been given back: where one of those would fill it, there is room.
sysctl director ${knobs}_low_thresh 0
sysctl director ${knobs}_high_thresh 2000
send client udp $client:1007 > $VIP:53 size=200 id=7 frag=104+104
send client udp $client:1007 > $VIP:53 size=200 id=7 frag=0+104
expect server udp $client:1007 > $server:5353 off=0
sysctl director ${knobs}_high_thresh 4000000
# The rest comes too late.
send client udp $client:1001 > $VIP:53 size=2000 id=1 frag=1000+1008
send client udp $client:1002 > $VIP:53 size=2000 id=2 frag=0+1000
quiet server udp $client > * off=1000
quiet server udp $client:1002 > *
quiet client * * > $client
conns director 2 *
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fragments of an SCTP packet, in any order, are one packet of one association: by NAT
# in both directions, with the checksum that it has when it comes whole; by direct
# routing and a tunnel as it is.
. "$(dirname "$0")/lib_lab.sh"

client=$(away 9 1) server=$(host 2 11) direct=$(host 2 12) tunnelled=$(host 2 13)

lab
ipvs -R <<END
-A --sctp-service $VIP:5000 -s rr
-a --sctp-service $VIP:5000 -r $server:6000 -m
-A --sctp-service $VIP:5001 -s rr
-a --sctp-service $VIP:5001 -r $direct:5001 -g
-A --sctp-service $VIP:5002 -s rr
-a --sctp-service $VIP:5002 -r $tunnelled:5002 -i
END
# In tree what was in pieces is so in the tunnel.
pieces='off=0 mf=1' whole='chunk=init size=620 sum=good'
[ -n "${IN_TREE-}" ] && whole='' || pieces=''
init='chunk=init vtag=0 size=600' echo='chunk=cookie-echo+data size=1000' data='chunk=data+data size=999'
wire <<END
# An association begins by fragments, the first one last.
send client sctp $client:1000 > $VIP:5000 $init frag=304+all
quiet server sctp $client > *
conns director 0 *
send client sctp $client:1000 > $VIP:5000 $init frag=0+304
expect server sctp $client:1000 > $server:6000 chunk=init off=0 mf=1
expect server sctp $client > $server mf=0
conn director SCTP $client:1000 $VIP:5000 $server:6000 INIT1
send server sctp $server:6000 > $client:1000 chunk=init-ack vtag=0
expect client sctp $VIP:5000 > $client:1000 chunk=init-ack sum=good
send client sctp $client:1000 > $VIP:5000 $echo id=1 frag=0+520
send client sctp $client:1000 > $VIP:5000 $echo id=1 frag=520+all
learn echo crc server sctp $client:1000 > $server:6000 off=0 mf=1
expect server sctp $client > $server off=520 mf=0 size=516
conn director SCTP $client:1000 $VIP:5000 $server:6000 C-REPLIED
send server sctp $server:6000 > $client:1000 $data id=2 frag=520+all
send server sctp $server:6000 > $client:1000 $data id=2 frag=0+520
learn data crc client sctp $VIP:5000 > $client:1000 off=0 mf=1
expect client sctp $VIP > $client off=520 mf=0 size=523
quiet client sctp $server > *
# The same whole.
send client sctp $client:1000 > $VIP:5000 $echo
expect server sctp $client:1000 > $server:6000 crc=@echo sum=good
send server sctp $server:6000 > $client:1000 $data
expect client sctp $VIP:5000 > $client:1000 crc=@data sum=good
# By the other methods.
for 1 2 send client sctp $client:1000 > $VIP:500% $init id=3% frag=304+all
for 1 2 send client sctp $client:1000 > $VIP:500% $init id=3% frag=0+304
expect server sctp $client:1000 > $VIP:5001 chunk=init off=0 mf=1
expect server sctp $client > $VIP mf=0
expect server $ipip $(host 2 1) > $tunnelled $pieces / sctp $client:1000 > $VIP:5002 $whole
END

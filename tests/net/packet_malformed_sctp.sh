#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SCTP packets cut at every byte, with chunks that lie about their lengths, with
# many of them or none, and with checksums and tags that are wrong, in both
# families: what has no header is dropped, what is wrong is left for the server to
# judge and not made good, and what comes after is served as ever.
. "$(dirname "$0")/lib_outer.sh"

lab
lab_six
ipvs -R <<END
-A --sctp-service $VIP:5000 -s rr
-a --sctp-service $VIP:5000 -r 10.0.2.11:6000 -m
-A --sctp-service [$VIP6]:5000 -s rr
-a --sctp-service [$VIP6]:5000 -r [fd00:2::11]:6000 -m
END

# From the one end to the other; ports follow.
four="10.9.0.1:% > $VIP:5000"
six="[fd00:9::1]:% > [$VIP6]:5000"
# chunk TYPE LENGTH [REST]: its header, and what is there of it.
chunk() {
	printf '%s00%04x%s' "$1" "$2" "${3-}"
}

# strange PORT HEX: such chunks, from port PORT on by each family, begin nothing.
strange() {
	echo "for $1 $1 send client sctp $four hex=$2"
	echo "for $1 $1 send client sctp $six hex=$2"
}

many=$(for _ in {1..120}; do chunk 03 4; done)
init=0000000100001000000100010000000a
wire <<END
# Before the end of the first chunk's header.
for 0 35 send client sctp 10.9.0.1:1000 > $VIP:5000 chunk=init cut=%
for 0 35 send client sctp 10.9.0.1:1000 > $VIP:5000 chunk=init totlen=%
for 0 55 send client sctp [fd00:9::1]:1000 > [$VIP6]:5000 chunk=init cut=%
for 0 15 send client sctp [fd00:9::1]:1000 > [$VIP6]:5000 chunk=init plen=%
quiet server sctp * > *
conns director 0 *
# No chunk of a first packet that is one, or that may begin an association.
$(strange 1001 '')
$(for length in 0 1 2 3; do strange 1001 "$(chunk 00 $length)"; done)
$(strange 1001 "$(chunk 0a 65535)")
$(strange 1001 "$many")
$(strange 1001 "$(chunk 06 4)")
$(strange 1001 "$(chunk 0e 4)")
quiet server sctp * > *
conns director 0 *
# INIT with a tag, without its fields, bundled with others, without end: it is one,
# and the server's to refuse.
$(for length in 0 1 2 3 4 20 65535; do strange 1100 "$(chunk 01 $length $init)"; done)
count server 7 sctp 10.9.0.1:1100 > 10.0.2.11:6000 sum=good
count server 7 sctp [fd00:9::1]:1100 > [fd00:2::11]:6000 sum=good
$(strange 1101 "$(chunk 01 20 $init)$(chunk 00 4)$many")
expect server sctp 10.9.0.1:1101 > 10.0.2.11:6000 sum=good
expect server sctp [fd00:9::1]:1101 > [fd00:2::11]:6000 sum=good
for 1102 1102 send client sctp $four chunk=init vtag=0 sum=bad
for 1102 1102 send client sctp $six chunk=init vtag=0 sum=zero
conns director 6 SCTP *
clear server
# Of associations that there are.
for 1200 1201 send client sctp $four chunk=init
for 1200 1201 send client sctp $six chunk=init
for 1200 1201 send server sctp 10.0.2.11:6000 > 10.9.0.1:% chunk=init-ack
for 1200 1201 send server sctp [fd00:2::11]:6000 > [fd00:9::1]:% chunk=init-ack
for 1200 1201 send client sctp $four chunk=cookie-echo
for 1200 1201 send client sctp $six chunk=cookie-echo
for 1200 1201 send server sctp 10.0.2.11:6000 > 10.9.0.1:% chunk=cookie-ack
for 1200 1201 send server sctp [fd00:2::11]:6000 > [fd00:9::1]:% chunk=cookie-ack
conns director 4 SCTP * ESTABLISHED
for 1200 1200 cuts client sctp $four chunk=data
for 1200 1200 cuts client sctp $six chunk=data
cuts server sctp 10.0.2.11:6000 > 10.9.0.1:1200 chunk=data
cuts server sctp [fd00:2::11]:6000 > [fd00:9::1]:1200 chunk=data
$(for type in 00 0a ff; do
	for length in 0 1 2 3 5 65535; do
		strange 1200 "$(chunk $type $length)"
	done
done)
$(strange 1200 "$many")
conns director 4 SCTP * ESTABLISHED
clear server
clear client
# Wrong checksums stay wrong, a tag of nothing is not ours to judge.
for 1200 1200 send client sctp $four chunk=data vtag=0 sum=bad
for 1200 1200 send client sctp $six chunk=data vtag=0 sum=bad
expect server sctp 10.9.0.1:1200 > 10.0.2.11:6000 vtag=0 $([ -n "${IN_TREE-}" ] || echo sum=bad)
expect server sctp [fd00:9::1]:1200 > [fd00:2::11]:6000 vtag=0 $([ -n "${IN_TREE-}" ] || echo sum=bad)
# ABORT with the peer's own tag (T) ends it as the other does.
for 1201 1201 send client sctp $four hex=06010004
for 1201 1201 send client sctp $six hex=06010004
conns director 2 SCTP * CLOSED
expect server sctp 10.9.0.1:1201 > 10.0.2.11:6000 chunk=abort sum=good
expect server sctp [fd00:9::1]:1201 > [fd00:2::11]:6000 chunk=abort sum=good
# Errors that quote less than the header.
$(for quote in 20 22 24 28; do
	echo "send client icmp 10.9.0.1 > $VIP type=3 code=2 quote=$quote / sctp $VIP:5000 > 10.9.0.1:1200 chunk=data"
	echo "send client icmp6 fd00:9::1 > $VIP6 type=1 code=1 quote=$((quote + 20)) / sctp [$VIP6]:5000 > [fd00:9::1]:1200 chunk=data"
done)
clear server
for 1300 1300 send client sctp $four chunk=init vtag=0
for 1300 1300 send client sctp $six chunk=init vtag=0
expect server sctp 10.9.0.1:1300 > 10.0.2.11:6000 chunk=init sum=good
expect server sctp [fd00:9::1]:1300 > [fd00:2::11]:6000 chunk=init sum=good
END

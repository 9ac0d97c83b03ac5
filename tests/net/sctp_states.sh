#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The state of an SCTP association after each packet, and the time that it then
# has: by NAT, where the director sees both directions, and by direct routing.
. "$(dirname "$0")/lib_lab.sh"

# packets WHERE PORT CHUNKS...: c: the client's, s: the server's.
packets() {
	local port=$1 packet
	shift
	for packet; do
		case $packet in
		c:*) echo "send client sctp 10.9.0.1:$port > $VIP:$vport chunk=${packet#c:}" ;;
		s:*) echo "send server sctp 10.0.2.11:$vport > 10.9.0.1:$port chunk=${packet#s:}" ;;
		esac
	done
}

# path PORT STATE SECONDS PACKET...
path() {
	local port=$1 state=$2 seconds=$3
	packets "$port" "${@:4}"
	echo "conn director SCTP 10.9.0.1:$port $VIP:$vport 10.0.2.11:$vport $state"
	echo "expires director $((seconds < 10 ? 0 : seconds - 10))-$seconds SCTP 10.9.0.1:$port * $state"
}

lab
ipvs -R <<END
-A --sctp-service $VIP:5000 -s rr
-a --sctp-service $VIP:5000 -r 10.0.2.11:5000 -m
-A --sctp-service $VIP:6000 -s rr
-a --sctp-service $VIP:6000 -r 10.0.2.11:6000 -g
END
open=(c:init s:init-ack c:cookie-echo+data s:cookie-ack)
vport=5000
wire <<END
$(path 1000 INIT1 4 c:init)
$(path 1001 INIT 61 c:init c:init)
$(path 1002 C-SENT 61 c:init s:init-ack)
$(path 1003 C-REPLIED 61 c:init s:init-ack c:cookie-echo)
$(path 1004 ESTABLISHED 900 "${open[@]}")
$(path 1005 ESTABLISHED 900 "${open[@]}" c:data s:sack c:heartbeat s:heartbeat-ack s:data c:sack)
$(path 1006 S-RECEIVED 61 "${open[@]}" c:shutdown)
$(path 1007 CLOSED 61 "${open[@]}" c:shutdown s:shutdown-ack c:shutdown-complete)
$(path 1008 S-SENT 61 "${open[@]}" s:shutdown)
$(path 1009 CLOSED 61 "${open[@]}" s:shutdown c:shutdown-ack)
$(path 1010 CLOSED 61 "${open[@]}" s:shutdown c:shutdown-ack s:shutdown-complete)
$(path 1011 CLOSED 61 "${open[@]}" c:abort)
$(path 1012 CLOSED 61 "${open[@]}" s:abort)
$(path 1013 CLOSED 61 c:init s:init-ack c:cookie-echo+abort)
$(path 1014 CLOSED 61 c:init s:init-ack c:cookie-echo s:cookie-ack+abort)
$(path 1015 REJECTED 4 c:init s:abort)
$(path 1016 CLOSED 61 c:init s:init-ack s:error)
$(path 1017 ESTABLISHED 900 "${open[@]}" c:init)
$(path 1018 ESTABLISHED 900 "${open[@]}" c:data+abort)
until director :5000_+Masq_+1_+4_+ $IPVSADM -Ln
# Only INIT begins an association, unless the user is content with less.
for 0 0 send client sctp 10.9.0.1:200% > $VIP:5000 chunk=data
send client sctp 10.9.0.1:2001 > $VIP:5000 chunk=cookie-echo
send client sctp 10.9.0.1:2002 > $VIP:5000 chunk=abort
conns director 0 SCTP 10.9.0.1:200?*
sysctl director net/ipv4/vs/sloppy_sctp 1
send client sctp 10.9.0.1:2003 > $VIP:5000 chunk=abort
send client sctp 10.9.0.1:2004 > $VIP:5000 chunk=data
conn director SCTP 10.9.0.1:2004 $VIP:5000 10.0.2.11:5000 ESTABLISHED
conns director 0 SCTP 10.9.0.1:2003*
sysctl director net/ipv4/vs/sloppy_sctp 0
END
vport=6000
wire <<END
$(path 1000 INIT1 4 c:init)
$(path 1001 ESTABLISHED 900 c:init c:cookie-echo)
$(path 1002 ESTABLISHED 900 c:init c:cookie-echo c:data c:sack)
$(path 1003 S-RECEIVED 61 c:init c:cookie-echo c:shutdown)
$(path 1004 CLOSED 61 c:init c:cookie-echo c:shutdown c:shutdown-complete)
$(path 1005 CLOSED 61 c:init c:cookie-echo c:shutdown-ack)
$(path 1006 CLOSED 61 c:init c:cookie-echo c:abort)
$(path 1007 INIT 61 c:init c:init)
# The tuple of one that is closed begins another.
$(path 1006 INIT1 4 c:init)
END

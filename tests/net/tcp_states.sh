#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The state of a TCP connection by NAT after each segment, of which the director
# sees both directions, and the time that it then has.
. "$(dirname "$0")/lib_lab.sh"

# path PORT STATE SECONDS SEGMENT...: c for the client's, s for the server's, with
# its flags.
path() {
	local port=$1 state=$2 seconds=$3 segment
	shift 3
	for segment; do
		case $segment in
		c*) echo "send client tcp 10.9.0.1:$port > $VIP:80 flags=${segment#c}" ;;
		s*) echo "send server tcp 10.0.2.11:80 > 10.9.0.1:$port flags=${segment#s}" ;;
		esac
	done
	echo "conn director TCP 10.9.0.1:$port $VIP:80 10.0.2.11:80 $state"
	echo "expires director $((seconds - 10))-$seconds TCP 10.9.0.1:$port * $state"
}

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
wire <<END
$(path 1000 SYN_RECV 60 cS)
$(path 1001 SYN_RECV 60 cS sSA)
$(path 1002 ESTABLISHED 900 cS sSA cA)
$(path 1003 ESTABLISHED 900 cS sSA cA cPA sPA sA cA)
$(path 1004 CLOSE_WAIT 60 cS sSA cA cFA)
$(path 1005 TIME_WAIT 120 cS sSA cA cFA sFA)
$(path 1006 TIME_WAIT 120 cS sSA cA cFA sA sFA cA)
$(path 1007 FIN_WAIT 120 cS sSA cA sFA)
$(path 1008 FIN_WAIT 120 cS sSA cA sFA cA sA)
$(path 1009 TIME_WAIT 120 cS sSA cA sFA cFA)
$(path 1010 CLOSE 10 cS sSA cA cR)
$(path 1011 CLOSE 10 cS sSA cA sRA)
$(path 1012 CLOSE 10 cS sRA)
$(path 1013 SYN_RECV 60 cS cR)
$(path 1014 TIME_WAIT 120 cS cF)
$(path 1015 CLOSE 10 cS sSA cA cFA cR)
$(path 1016 ESTABLISHED 900 cS sSA cA cS)
$(path 1017 SYN_RECV 60 cS cS sSA sSA)
$(path 1018 SYN_RECV 60 cS sSA cA sFA cS)
$(path 1019 TIME_WAIT 120 cS sSA cA sFA cFA sR)
# Neither a segment without SYN nor a reset begins a connection.
for 2000 2000 send client tcp 10.9.0.1:% > $VIP:80 flags=A
for 2001 2001 send client tcp 10.9.0.1:% > $VIP:80 flags=R
for 2002 2002 send client tcp 10.9.0.1:% > $VIP:80 flags=FA
conns director 20 *
quiet server tcp 10.9.0.1:2000 > *:*
END

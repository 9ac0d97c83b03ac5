#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The state of a TCP connection by direct routing, of which the director sees the
# client's segments alone.
. "$(dirname "$0")/lib_lab.sh"

# path PORT STATE SECONDS FLAGS...
path() {
	local port=$1 state=$2 seconds=$3 flags
	shift 3
	for flags; do
		echo "send client tcp 10.9.0.1:$port > $VIP:80 flags=$flags"
	done
	echo "conn director TCP 10.9.0.1:$port $VIP:80 10.0.2.11:80 $state"
	echo "expires director $((seconds - 10))-$seconds TCP 10.9.0.1:$port * $state"
}

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -g
END
wire <<END
$(path 1000 SYN_RECV 60 S)
$(path 1001 ESTABLISHED 900 S A)
$(path 1002 FIN_WAIT 120 S A FA)
$(path 1003 FIN_WAIT 120 S A FA A)
$(path 1004 CLOSE 10 S A R)
$(path 1005 TIME_WAIT 120 S F)
$(path 1006 CLOSE 10 S A FA R)
$(path 1007 SYN_RECV 60 S A FA S)
$(path 1008 SYN_RECV 60 S R)
$(path 1009 ESTABLISHED 900 S A S)
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Round robin takes one server after the other, the one added last first; it
# passes over weight 0, and goes on where it stood when servers change.
. "$(dirname "$0")/lib_lab.sh"

# opens PORT SERVER...: one connection after the other must go to these.
opens() {
	local port=$1 server
	shift
	for server; do
		echo "send client tcp 10.9.0.1:$port > $VIP:80 flags=S"
		echo "expect server tcp 10.9.0.1:$port > 10.0.2.$server:80 flags=S"
		port=$((port + 1))
	done
}

change() {
	echo "run director $IPVSADM $*"
}

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m -w 1
-a -t $VIP:80 -r 10.0.2.12:80 -m -w 9
-a -t $VIP:80 -r 10.0.2.13:80 -m -w 2
END
{
	opens 1000 13 12 11 13 12 11 13
	change -e -t $VIP:80 -r 10.0.2.12:80 -m -w 0
	opens 1010 11 13 11
	change -e -t $VIP:80 -r 10.0.2.12:80 -m -w 1
	opens 1020 13 12
	change -a -t $VIP:80 -r 10.0.2.14:80 -m
	opens 1030 11 14 13 12
	change -d -t $VIP:80 -r 10.0.2.12:80
	opens 1040 11 14 13 11
} | wire

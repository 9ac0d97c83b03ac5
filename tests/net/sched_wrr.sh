#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Weighted round robin interleaves: the weights' bar falls by their greatest
# common divisor, and servers that reach it are taken in turn. Each cycle has
# the exact shares. A change begins a new turn at the bar that was.
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
-A -t $VIP:80 -s wrr
-a -t $VIP:80 -r 10.0.2.11:80 -m -w 300
-a -t $VIP:80 -r 10.0.2.12:80 -m -w 100
-a -t $VIP:80 -r 10.0.2.13:80 -m -w 200
END
{
	opens 1000 13 12 11 11 13 11
	opens 1010 13 12 11 11 13 11
	change -e -t $VIP:80 -r 10.0.2.11:80 -m -w 0
	opens 1020 13 13 12 13 13 12
	change -e -t $VIP:80 -r 10.0.2.12:80 -m -w 300
	opens 1030 13 12 12 13 12
	change -d -t $VIP:80 -r 10.0.2.12:80
	opens 1040 13 13 13
} | wire

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Dumps that need many datagrams bring each service, and each real server of a
# service, exactly once; one whose list changes meanwhile says so to who asked for it.
. "$(dirname "$0")/lib.sh"
ask=$top/build/net/genl

equal 'the dump of a changing list, for who asks' interrupted "$("$ask" interrupted 64=)"
check 'clear' "$IPVSADM" -C
equal 'for others' unaware "$("$ask" interrupted)"
check 'clear' "$IPVSADM" -C
{
	for number in $(seq 1500); do
		echo "-A -f $number -s rr"
	done
	for number in $(seq 600); do
		echo "-a -f 7 -r 10.1.$((number / 200)).$((number % 200)) -g"
	done
} >"$TMPDIR/rules"
check 'restore 1500 services and 600 servers' "$IPVSADM" -R <"$TMPDIR/rules"
equal 'messages of the two dumps' '1500 600 0' "$(
	printf 'dump get-%s\n' service 'dest service{ af=2 fwmark=7 }' \
		'dest service{ af=2 fwmark=8 }' | "$ask" | xargs
)"
equal 'services listed' "$(seq 1500 | xargs)" \
	"$("$IPVSADM" -Ln | awk '$1 == "FWM" { print $2 }' | sort -n | xargs)"
equal 'servers listed, each once' 600 \
	"$("$IPVSADM" -Ln -f 7 | awk '$1 == "->" && $2 ~ /^10/ { print $2 }' | sort -u | wc -l)"
equal 'lines of /proc/net/ip_vs' 2103 "$(wc -l </proc/net/ip_vs)"

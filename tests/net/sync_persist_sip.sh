#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The template of a SIP call is told with its Call-ID, and decides on the backup
# where the call goes.
. "$(dirname "$0")/lib_sync.sh"

topology 3 backup
serve_udp 5060
service -u $VIP:5060 -s rr -p 300 -M 255.255.255.0 --pe sip -- -m 5060
listen_sync backup
start_daemons --syncid 9

# call NAME: who answers, from a port of its own. One line is one datagram.
call() {
	client timeout 60 bash -c "exec 3<>/dev/udp/$VIP/5060 &&
		printf 'OPTIONS\ri:$1\r\n' >&3 && head -n 1 <&3"
}
first=$(call one@a)
second=$(call two@a)
[ "$first" != "$second" ] || fail "both calls got $first"
equal 'another packet of the call' "$first" "$(call one@a)"

# told CALL: what is said of its template, but for flags and state.
told() {
	grep "engine sip $1\$" "$TMPDIR/wire" | sed 's/ state [0-9]* flags [0-9a-fx]*//' | sort -u
}
wanted() {
	echo "UDP 10.0.1.0:0 $VIP:5060 10.0.2.1${2#real}:5060 mark 0 timeout 300 engine sip $1"
}
until_equal 20 "$(wanted one@a "$first")" told one@a
until_equal 20 "$(wanted two@a "$second")" told two@a
equal 'nothing malformed' 0 "$(heard malformed)"
check 'a template, forwarded by NAT' grep -q ' state [01] flags 0x1[01]00 .* engine sip one@a$' "$TMPDIR/wire"
templates() {
	on "$1" cat /proc/net/ip_vs_conn | awk '/ sip / { print $1, $2, $3, $4, $5, $6, $7, $10, $11 }' | sort
}
until_equal 20 "$(templates director)" templates backup
note "ok: on both: $(templates backup | wc -l)"

# The take-over. Round robin would have begun with the first server again.
check 'the address leaves the director' ip -n director address del $VIP/32 dev front
check 'the address comes to the backup' ip -n backup address add $VIP/32 dev front
check 'the gateway leaves' ip -n director address del 10.0.2.1/24 dev back
check 'the gateway comes' ip -n backup address add 10.0.2.1/24 dev back
ip -n switch neigh flush all
for number in 1 2 3; do
	ip -n "real$number" neigh flush all
done
equal 'the second call goes on' "$second" "$(call two@a)"
equal 'so does the first' "$first" "$(call one@a)"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Templates of persistent services are told of, and decide on the backup which
# real server a client gets that comes back.
. "$(dirname "$0")/lib_sync.sh"

OTHER=10.0.1.11
topology 3 backup
serve_http 80
ip -n client address add $OTHER/24 dev front
service -t $VIP:80 -s rr -p 300 -- -m 80
start_daemons --syncid 0

ask_from() {
	client curl -s --max-time 10 --interface "$1" "http://$VIP/"
}
first=$(ask_from $OTHER)
second=$(ask_from $CLIENT)
[ "$first" != "$second" ] || fail "both clients got $first"
equal 'the other client stays' "$first" "$(ask_from $OTHER)"
template() {
	entries "$1" "$2:0 "
}
until_equal 20 "$(template director $CLIENT)" template backup $CLIENT
until_equal 20 "$(template director $OTHER)" template backup $OTHER
note 'ok: both templates are on the backup:'
entries backup ':0 '

# The take-over. Round robin would have begun with the first server again.
check 'the address leaves the director' ip -n director address del $VIP/32 dev front
check 'the address comes to the backup' ip -n backup address add $VIP/32 dev front
check 'the gateway leaves' ip -n director address del 10.0.2.1/24 dev back
check 'the gateway comes' ip -n backup address add 10.0.2.1/24 dev back
ip -n switch neigh flush all
for number in 1 2 3; do
	ip -n "real$number" neigh flush all
done
equal 'the client comes back to its server' "$second" "$(ask_from $CLIENT)"
equal 'so does the other' "$first" "$(ask_from $OTHER)"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 300
# Malformed datagrams: each is refused and counted for its reason, nothing but the
# good connections in them reaches the table, what was there stays.
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
serve_http 80
service -t $VIP:80 -s rr -- -g 80
replies_direct
start_daemons --syncid 7
hold 80
knows backup 1 'TCP ESTABLISHED'
check 'the master has done its part' ipvs --stop-daemon master
mine=$(entries backup "$CLIENT:")

# In tree nothing is counted; a good message after it tells when it is through.
settle() {
	director "$programs/sync_forge" send back good-0
	until_equal 10 1 count_entries backup '198.51.100.2:4000'
}

number=0
while read -r name added whose counter; do
	number=$((number + 1))
	[ -n "${IN_TREE-}" ] && [ "$whose" = ours ] && continue
	[ -z "${IN_TREE-}" ] && counted=$(sync_counter backup "$counter")
	check "$name" director "$programs/sync_forge" send back "$name"
	if [ -z "${IN_TREE-}" ]; then
		until_equal 10 $((counted + 1)) sync_counter backup "$counter"
		note "ok: counted: $counter"
	else
		settle
	fi
	equal "added by $name" "$added" "$(count_entries backup "198.51.100.$number:")"
	equal 'what was there' "$mine" "$(entries backup "$CLIENT:")"
done < <("$programs/sync_forge" list)
[ $number -gt 30 ] || fail "only $number cases"

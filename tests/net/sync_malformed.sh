#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
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

list=$("$programs/sync_forge" list)
[ "$(wc -l <<<"$list")" -gt 30 ] || fail "too few cases: $list"
counters=$(ipvs_backup -L --daemon --stats)
check 'send every case once' director "$programs/sync_forge" send back all
check 'and a good message' director "$programs/sync_forge" send back good-0

# wanted: the clients of the connections that are to be taken.
wanted() {
	awk -v in_tree="${IN_TREE-}" '$2 && !(in_tree && $3 == "ours") {
		print "198.51.100." NR
	}' <<<"$list" | sort
}
taken() {
	entries backup '198.51.100' | sed 's/.*\(198[0-9.]*\):.*/\1/' | grep -vxFf <(theirs) |
		sort
}
# In tree these are taken as they are.
theirs() {
	awk -v in_tree="${IN_TREE-}" 'BEGIN { print "none" }
		in_tree && $3 == "ours" { print "198.51.100." NR }' <<<"$list"
}
until_equal 20 "$(wanted)" taken
note "ok: taken are the good connections of $(wanted | wc -l) cases, and no other"
equal 'what was there' "$mine" "$(entries backup "$CLIENT:")"
[ -n "${IN_TREE-}" ] && exit

# What each case is counted as, and how often that is.
counted() {
	ipvs_backup -L --daemon --stats | awk -v before="$counters" '
		BEGIN {
			n = split(before, line, "\n")
			for (i = 1; i <= n; i++)
				old[substr(line[i], 1, 40)] = substr(line[i], 41)
		}
		/(refused|ignored)/ { print $NF - old[substr($0, 1, 40)] substr($0, 2, 39) }
	' | sed 's/ *$//' | grep -v '^0 ' | sort
}
expected() {
	cut -d ' ' -f 4- <<<"$list" | grep refused | sort | uniq -c | sed 's/^ *//' | sort
}
until_equal 10 "$(expected)" counted
note 'ok: each is counted for its reason:'
counted

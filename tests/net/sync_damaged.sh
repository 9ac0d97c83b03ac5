#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 300
# Thousands of damaged messages: all are received, what was in the table stays,
# and afterwards a master is understood as before.
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
serve_http 80
service -t $VIP:80 -s rr -- -g 80
replies_direct
start_daemons --syncid 7
hold 80
knows backup 1 'TCP ESTABLISHED'
check 'the master has done its part' ipvs --stop-daemon master
mine=$(entries backup "^TCP ESTABLISHED $CLIENT:")
for seed in 1 2 3; do
	[ -z "${IN_TREE-}" ] && before=$(sync_counter backup 'messages received')
	check "2000 messages of seed $seed" director "$programs/sync_forge" mutate back $seed 2000
	[ -z "${IN_TREE-}" ] &&
		until_equal 20 $((before + 2000)) sync_counter backup 'messages received'
	equal 'what was there' "$mine" "$(entries backup "^TCP ESTABLISHED $CLIENT:")"
done
note "$(count_entries backup) entries now"
check 'a master again' ipvs --start-daemon master --mcast-interface back --syncid 7
hold 80
knows backup 2 "TCP ESTABLISHED $CLIENT:"

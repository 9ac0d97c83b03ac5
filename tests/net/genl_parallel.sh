#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Many who change and list the same services at once: each gets an answer that
# makes sense, nothing is left over or lost, and the module can go.
# timeout: 240
# cpus: 2
. "$(dirname "$0")/lib.sh"
ask=$top/build/net/genl

for scheduler in rr wlc; do
	modprobe "ip_vs_$scheduler" || fail 'no module'
done
references() {
	lsmod | awk '$1 == "ip_vs" { print $3 }'
}
idle=$(references)
for round in $(seq 60); do
	mark=$((round % 3 + 1)) dest="addr=10.0.0.$((round % 5 + 1)) port=80 fwd=0 upper=0 lower=0"
	config='flags=0/ffffffff timeout=0 netmask=255.255.255.255'
	cat <<-END
		new-service service{ af=2 fwmark=$mark sched=rr $config }
		new-dest service{ af=2 fwmark=$mark } dest{ $dest weight=1 }
		set-service service{ af=2 fwmark=$mark sched=wlc $config }
		dump get-service
		set-dest service{ af=2 fwmark=$mark } dest{ $dest weight=$round }
		dump get-dest service{ af=2 fwmark=$mark }
		zero
		del-dest service{ af=2 fwmark=$mark } dest{ $dest }
		new-daemon daemon{ state=$((round % 2 + 1)) ifn=lo syncid=1 }
		dump get-daemon
		del-daemon daemon{ state=$((round % 2 + 1)) }
		del-service service{ af=2 fwmark=$mark }
	END
done >"$TMPDIR/requests"
ip link set lo up
for worker in 1 2 3 4; do
	"$ask" <"$TMPDIR/requests" >"$TMPDIR/answers$worker" &
	workers[worker]=$!
done
for worker in 1 2 3 4; do
	wait "${workers[worker]}" || fail "worker $worker"
done
# whoever comes second finds it there already, or gone
cut -d ' ' -f 1 "$TMPDIR"/answers? | sort | uniq -c | tee "$TMPDIR/kinds"
[ "$(awk '{ total += $1 } END { print total }' "$TMPDIR/kinds")" = $((4 * 60 * 12)) ] || fail 'answers are missing'
grep -vE ' (OK|[0-9]+|EEXIST|ESRCH|ENOENT)$' "$TMPDIR/kinds" && fail 'other answers'
for kind in OK EEXIST ESRCH; do
	grep -q " $kind$" "$TMPDIR/kinds" || fail "no $kind: they were not at it together"
done

check 'flush' "$IPVSADM" -C
for role in master backup; do
	"$IPVSADM" --stop-daemon $role 2>/dev/null
done
equal 'references held' "$idle" "$(references)"

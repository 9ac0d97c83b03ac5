#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# /proc/net/ip_vs_conn lists each connection exactly once, however it is read: in
# one go, in little pieces, from the start again, and while the table grows.
. "$(dirname "$0")/lib.sh"
conn=/proc/net/ip_vs_conn

ip link set lo up
ip link add wire type dummy
ip address add 10.0.0.1/24 dev wire
ip link set wire up
ip neighbour add 10.0.0.2 lladdr 02:00:00:00:00:02 dev wire
check 'a service' "$IPVSADM" -A -u 10.0.0.1:53 -s rr
check 'a server' "$IPVSADM" -a -u 10.0.0.1:53 -r 10.0.0.2:53 -m
# shellcheck disable=SC2034
for number in $(seq 300); do
	exec {file}<>/dev/udp/10.0.0.1/53 && echo x >&"$file"
done
ss -Hun dst 10.0.0.1:53 | awk '{ sub(/.*:/, "", $3); printf "%04X\n", $3 }' | sort >"$TMPDIR/wanted"
equal 'sockets' 300 "$(wc -l <"$TMPDIR/wanted")"

ports() {
	awk 'NR > 1 { print $3 }' | sort
}
read_by() {
	dd if=$conn bs="$1" status=none
}
for size in 1 79 200 4096 65536; do
	diff <(read_by $size | ports) "$TMPDIR/wanted" >/dev/null || fail "wrong when read by $size"
	note "ok: read by $size"
done

# one open file: a part, then from the start
twice() {
	perl -e 'open F, "<", $ARGV[0]; sysread F, $b, 5000; sysseek F, 0, 0;
		while (sysread F, $b, 3000) { print $b }' $conn
}
diff <(twice | ports) "$TMPDIR/wanted" >/dev/null || fail 'wrong when read again from the start'
note 'ok: from the start again'

grow() {
	exec 6<$conn
	head -c 3000 <&6
	for number in $(seq 1200); do
		exec {file}<>/dev/udp/10.0.0.1/53 && echo x >&"$file" && exec {file}>&-
	done
	cat <&6
}
ulimit -n 4096
grow | ports >"$TMPDIR/grown"
equal 'of the old ones none is missing while the table grows' '' \
	"$(comm -23 "$TMPDIR/wanted" <(sort -u "$TMPDIR/grown") | xargs)"

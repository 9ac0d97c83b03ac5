#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A connection table that does not get the memory it wants to grow, and none to shrink:
# nothing of it is lost, packets find theirs, and it has the right size as soon as memory
# is back.
# kernel: debug, for its failures on request
. "$(dirname "$0")/lib_lab.sh"
. "$(dirname "$0")/lib_fail.sh"

modprobe ip_vs conn_tab_bits=8 || fail 'no module'
lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
-a -u $VIP:53 -r 10.0.2.12:53 -m
END
# What the table's worker takes fails, for whoever runs it.
allocations_fail
for worker in $(thread kworker/0:); do
	echo 1 >"/run/threads/$worker/make-it-fail"
done
echo Y >$faults/failslab/task-filter
echo 0 >$faults/failslab/times
echo 100 >$faults/failslab/probability

# memory TIMES: so many of its next allocations fail; -1: all.
memory() {
	echo "$1" >$faults/failslab/times
}
buckets() {
	ipvs -Ln | sed -n 's/.*size=\([0-9]*\).*/\1/p'
}
# clients FIRST LAST: of each a packet.
clients() {
	seq "$1" "$2" | sed "s/.*/send client udp 10.9.0.1:& > $VIP:53/" | wire
}
# all LAST: each client up to that is there once, and nobody else; and that is what
# the servers count.
all() {
	for ((port = 1001; port <= $1; port++)); do
		printf '0A090001 %04X\n' "$port"
	done >"$TMPDIR/wanted"
	director awk 'NR > 1 { print $2, $3 }' /proc/net/ip_vs_conn | sort |
		diff "$TMPDIR/wanted" - || fail 'wanted <, in the list >'
	equal 'counted' $(($1 - 1000)) "$(ipvs -Ln | awk '$1 == "->" { sum += $5 + $6 } END { print sum }')"
}

# Some live long. Three quarters of 256 buckets are full with 97 of them, two entries
# each; where the first piece of memory is not there, the worker takes another.
clients 1001 1060
check 'short lives' ipvs --set 0 0 40
equal 'not grown yet' 256 "$(buckets)"
memory 1
clients 1061 1128
until_equal 20 512 buckets
equal 'has failed' 0 "$(cat $faults/failslab/times)"
all 1128
wire <<END
send client udp 10.9.0.1:1128 > $VIP:53
learn SERVER dst server udp 10.9.0.1:1128 > *:53
send server udp @SERVER:53 > 10.9.0.1:1128
expect client udp $VIP:53 > 10.9.0.1:1128
END

# Those of longer life are left when there is too much room.
memory -1
sleep 60
equal 'not smaller' 512 "$(buckets)"
all 1060
memory 0
until_equal 20 256 buckets
all 1060

# There is none for the worker: once it is full, who comes next makes the table larger.
memory -1
clients 1061 1140
until_equal 20 512 buckets
all 1140
memory 0

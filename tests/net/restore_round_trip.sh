#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What -S says, -R makes again, with every parameter of services and servers.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m -w 5
-a -t $VIP:80 -r 10.0.2.12:8080 -m -w 0
-a -t $VIP:80 -r 10.0.2.13:80 -g -w 2147483647
-a -t $VIP:80 -r 10.0.2.14:80 -i -w 1 -x 100 -y 50
-A -t $VIP:0 -s wlc -p 600 -M 255.255.255.0
-a -t $VIP:0 -r 10.0.2.11:0 -m
-A -u $VIP:53 -s wrr -o
-a -u $VIP:53 -r 10.0.2.11:53 -m
-A -f 2147483647 -s lc -p 30
-a -f 2147483647 -r 10.0.2.11:0 -g
-A -f 1 -s wlc
END
ipvs -Sn >"$TMPDIR/before"
cat "$TMPDIR/before"
equal 'lines' 12 "$(wc -l <"$TMPDIR/before")"
check 'flush' ipvs -C
equal 'nothing is left' '' "$(ipvs -Sn)"
ipvs -R <"$TMPDIR/before" || fail 'restore'
ipvs -Sn >"$TMPDIR/after"
check 'the same' diff "$TMPDIR/before" "$TMPDIR/after"
check 'all weights' grep -q -- '-r 10.0.2.13:80 -g -w 2147483647' "$TMPDIR/after"
# Services in rows of addresses, as clusters have them, find room and are found.
for net in {0..3}; do
	printf -- "-A -t 10.7.$net.%d:443 -s rr\n" {1..250}
done >"$TMPDIR/rows"
ipvs -R <"$TMPDIR/rows" || fail 'a thousand services'
equal 'services in rows' 1000 "$(ipvs -Sn | grep -c ' 10\.7\.[0-3]\.[0-9]*:443 ')"
# ipvsadm 1.31 forgets them.
[ -n "${IN_TREE-}" ] || check 'all thresholds' grep -q -- '-r 10.0.2.14:80 -i -w 1 -x 100 -y 50' "$TMPDIR/after"
check 'all marks' grep -q -- '-A -f 2147483647 -s lc -p 30' "$TMPDIR/after"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every allocation of every request fails once: each time there is an error and
# nothing has changed, or the request was done without.
# kernel: debug
# timeout: 200
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_fail.sh"

for scheduler in rr wrr wlc; do
	modprobe "ip_vs_$scheduler" || fail 'no module'
done
references() {
	lsmod | awk '$1 == "ip_vs" { print $3 }'
}
ip link set lo up
service='af=2 protocol=6 addr=10.0.0.1 port=80'
other='af=2 protocol=17 addr=10.0.0.9 port=53'
config='flags=0/ffffffff timeout=0 netmask=255.255.255.255'
dest='port=80 fwd=0 upper=9 lower=5'
"$top/build/net/genl" <<END || fail 'the beginning'
new-service service{ $service sched=wrr $config }
new-dest service{ $service } dest{ addr=10.0.0.2 weight=3 $dest }
END
idle=$(references)
allocations_fail
check 'requests' "$top/build/net/genl" fail <<END
new-service service{ af=2 fwmark=7 sched=wrr $config } | del-service service{ af=2 fwmark=7 }
new-service service{ $other sched=rr flags=1/ffffffff timeout=300 netmask=255.255.0.0 } | del-service service{ $other }
new-dest service{ $service } dest{ addr=10.0.0.3 weight=7 $dest } | del-dest service{ $service } dest{ addr=10.0.0.3 port=80 }
set-dest service{ $service } dest{ addr=10.0.0.2 weight=5 $dest } | set-dest service{ $service } dest{ addr=10.0.0.2 weight=3 $dest }
set-service service{ $service sched=rr $config } | set-service service{ $service sched=wrr $config }
del-dest service{ $service } dest{ addr=10.0.0.2 port=80 } | new-dest service{ $service } dest{ addr=10.0.0.2 weight=3 $dest }
del-service service{ $service } | new-service service{ $service sched=wrr $config } | new-dest service{ $service } dest{ addr=10.0.0.2 weight=3 $dest }
new-daemon daemon{ state=1 ifn=lo syncid=1 maxlen=500 } | del-daemon daemon{ state=1 }
new-daemon daemon{ state=2 ifn=lo syncid=1 } | del-daemon daemon{ state=2 }
set-config tcp=901 | set-config tcp=900
zero service{ $service }
zero
get-service service{ $service }
get-config
get-info
dump get-service
dump get-dest service{ $service }
dump get-daemon
flush | new-service service{ $service sched=wrr $config } | new-dest service{ $service } dest{ addr=10.0.0.2 weight=3 $dest }
END
check 'flush' "$IPVSADM" -C
equal 'references held' $((idle - 2)) "$(references)"

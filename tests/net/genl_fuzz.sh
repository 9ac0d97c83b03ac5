#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Damaged requests, and trees of attributes that mean nothing: whatever is refused
# is refused with a sentence, and has changed nothing that can be read back. From
# somebody without privileges all is refused. The module works afterwards.
# timeout: 240
. "$(dirname "$0")/lib.sh"

ip link set lo up
for scheduler in rr wrr lc wlc; do
	modprobe "ip_vs_$scheduler"
done
service='af=2 protocol=6 addr=10.0.0.1 port=80'
cat >"$TMPDIR/requests" <<END
new-service service{ $service sched=rr flags=0/ffffffff timeout=0 netmask=255.255.255.255 }
new-service service{ af=2 fwmark=1 sched=wlc flags=1/ffffffff timeout=300 netmask=255.255.255.0 }
set-service service{ $service sched=wrr flags=0/ffffffff timeout=0 netmask=255.255.255.255 }
get-service service{ $service }
del-service service{ $service }
new-dest service{ $service } dest{ addr=10.0.0.2 port=80 fwd=0 weight=1 upper=9 lower=5 }
new-dest service{ $service } dest{ addr=10.0.0.3 port=80 fwd=3 weight=7 upper=0 lower=0 tuntype=0 tunport=0 tunflags=0 family=2 }
set-dest service{ $service } dest{ addr=10.0.0.2 port=80 fwd=2 weight=0 upper=0 lower=0 }
del-dest service{ $service } dest{ addr=10.0.0.2 port=80 }
dump get-dest service{ $service }
new-daemon daemon{ state=1 ifn=lo syncid=1 maxlen=500 group=224.0.0.81 port=8848 ttl=1 }
new-daemon daemon{ state=2 ifn=lo syncid=1 }
del-daemon daemon{ state=1 }
set-config tcp=900 tcpfin=120 udp=300
zero service{ $service }
zero
flush
END
seed=${SEED:-7}
note "seed $seed"
check 'no refusal without a sentence, none that changes' \
	"$top/build/net/genl" fuzz "$seed" "${COUNT:-1500}" <"$TMPDIR/requests"
"$IPVSADM" -C
for role in master backup; do
	"$IPVSADM" --stop-daemon $role 2>/dev/null
done
check 'nobody may do a thing' setpriv --reuid 65534 --regid 65534 --clear-groups \
	"$top/build/net/genl" denied "$seed" 500 <"$TMPDIR/requests"
equal 'nothing is there' '' "$("$IPVSADM" -Sn)$("$IPVSADM" -L --daemon)"
check 'a service' "$IPVSADM" -A -t 10.0.0.1:80 -s wrr
check 'a server' "$IPVSADM" -a -t 10.0.0.1:80 -r 10.0.0.2 -m
equal 'both are there' 2 "$("$IPVSADM" -Sn | wc -l)"

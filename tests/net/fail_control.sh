#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each operation of the control plane with its first allocation failing, with its
# second, and so on until there is none left to fail: an error each time, and all
# that can be listed is as it was; or it is done whole.
# kernel: debug, for its failures on request
# timeout: 600
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_fail.sh"

ip link add wire type dummy && ip address add 10.0.3.1/24 dev wire && ip link set wire up
for module in rr lc pe_sip; do
	modprobe "ip_vs_$module" || fail 'no module'
done
cat >"$TMPDIR/rules" <<'END'
-A -t 10.0.0.1:80 -s rr -p 100
-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 2
-a -t 10.0.0.1:80 -r 10.0.0.3:80 -i -w 1
-A -f 7 -s rr
-a -f 7 -r 10.0.0.4 -g
END
check 'services' "$IPVSADM" -R <"$TMPDIR/rules"
allocations_fail
# Whether an object needs new pages is not always the same.
echo 10 >$faults/fail_page_alloc/min-order

config='flags=0/ffffffff timeout=0 netmask=255.255.255.255'
tcp='af=2 protocol=6 addr=10.0.0.1 port=80'
cat >"$TMPDIR/lines" <<END
new-service service{ af=2 protocol=17 addr=10.0.0.9 port=53 sched=rr $config } | del-service service{ af=2 protocol=17 addr=10.0.0.9 port=53 }
new-service service{ af=2 protocol=17 addr=10.0.0.9 port=5060 sched=rr pe=sip flags=1/ffffffff timeout=60 netmask=255.255.255.0 } | del-service service{ af=2 protocol=17 addr=10.0.0.9 port=5060 }
new-service service{ af=10 fwmark=3 sched=lc flags=0/ffffffff timeout=0 netmask=#80000000 } | del-service service{ af=10 fwmark=3 }
new-service service{ af=2 fwmark=8 sched=wlc $config } | del-service service{ af=2 fwmark=8 } | !while grep -q ^ip_vs_wlc /proc/modules; do rmmod ip_vs_wlc 2>/dev/null; sleep 0.01; done
set-service service{ $tcp sched=lc flags=1/ffffffff timeout=50 netmask=255.255.0.0 } | set-service service{ $tcp sched=rr flags=1/ffffffff timeout=100 netmask=255.255.255.255 }
set-service service{ $tcp sched=rr pe=sip flags=1/ffffffff timeout=50 netmask=255.255.0.0 } | set-service service{ $tcp sched=rr flags=1/ffffffff timeout=100 netmask=255.255.255.255 }
get-service service{ $tcp }
dump get-service
del-service service{ af=2 fwmark=7 } | !grep 'f 7' $TMPDIR/rules >$TMPDIR/rule; $IPVSADM -R <$TMPDIR/rule 2>/dev/null
new-dest service{ $tcp } dest{ addr=10.0.0.5 port=80 fwd=0 weight=3 upper=9 lower=5 } | del-dest service{ $tcp } dest{ addr=10.0.0.5 port=80 }
new-dest service{ $tcp } dest{ addr=fd00::5 port=80 fwd=2 weight=3 upper=0 lower=0 family=10 tuntype=1 tunport=9 tunflags=0 } | del-dest service{ $tcp } dest{ addr=fd00::5 port=80 family=10 }
set-dest service{ $tcp } dest{ addr=10.0.0.2 port=80 fwd=3 weight=5 upper=8 lower=7 } | set-dest service{ $tcp } dest{ addr=10.0.0.2 port=80 fwd=0 weight=2 upper=0 lower=0 }
del-dest service{ $tcp } dest{ addr=10.0.0.3 port=80 } | new-dest service{ $tcp } dest{ addr=10.0.0.3 port=80 fwd=2 weight=1 upper=0 lower=0 }
dump get-dest service{ $tcp }
new-daemon daemon{ state=1 ifn=wire syncid=1 maxlen=500 group=224.0.0.81 port=8848 ttl=1 } | del-daemon daemon{ state=1 } | or ENFILE
new-daemon daemon{ state=2 ifn=wire syncid=1 } | del-daemon daemon{ state=2 } | or ENFILE
new-daemon daemon{ state=1 ifn=wire syncid=1 group6=ff02::51 } | del-daemon daemon{ state=1 } | or ENFILE
new-daemon daemon{ state=2 ifn=wire syncid=1 group6=ff02::51 } | del-daemon daemon{ state=2 } | or ENFILE
set-config tcp=800 tcpfin=100 udp=200 | set-config tcp=900 tcpfin=120 udp=300
get-config
get-info
zero service{ $tcp }
zero
flush | !$IPVSADM -R <$TMPDIR/rules 2>/dev/null
write /proc/sys/net/ipv4/vs/sync_ports 4 | write /proc/sys/net/ipv4/vs/sync_ports 1
END
check 'each is done whole or not at all' "$top/build/net/genl" fail <"$TMPDIR/lines"

# Once loaded, the module for conntrack stays as long as the other.
check 'nothing is left' "$IPVSADM" -C
rmmod ip_vs_rr ip_vs_lc ip_vs_pe_sip || fail 'they are in use'
knob=/proc/sys/net/ipv4/vs/conntrack
check 'so is conntrack' "$top/build/net/genl" fail <<<"write $knob 1 | write $knob 0 | !rmmod ip_vs ip_vs_nfct; modprobe ip_vs"

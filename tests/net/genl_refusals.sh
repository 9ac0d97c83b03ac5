#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every refusal of the generic netlink family has the errno of the in-tree module
# and a sentence that names the attribute and the reason, and points at it.
#
# A line is "REQUEST => ANSWER", see genl.cpp. "(in tree: ANSWER)" stands where
# the in-tree module takes, or refuses by another number, what we cannot do; what
# would change its later answers it is not asked.
# timeout: 240
. "$(dirname "$0")/lib.sh"
ask=$top/build/net/genl

cat >"$TMPDIR/cases" <<'END'
# ---- what must be there
new-service => EINVAL SERVICE is missing
new-service service{ } => EINVAL AF is missing -1
new-service service{ af=2 } => EINVAL PROTOCOL is missing -2
new-service service{ af=2 protocol=6 } => EINVAL ADDR is missing -3
new-service service{ af=2 protocol=6 addr=10.0.0.1 } => EINVAL PORT is missing -4
new-service service{ protocol=6 addr=10.0.0.1 port=80 } => EINVAL AF is missing -1
new-service service{ af=2 fwmark=1 } => EINVAL SCHED_NAME is missing -6
new-service service{ af=2 fwmark=1 sched=rr } => EINVAL FLAGS is missing -7
new-service service{ af=2 fwmark=1 sched=rr flags=0/0 } => EINVAL TIMEOUT is missing -8
new-service service{ af=2 fwmark=1 sched=rr flags=0/0 timeout=0 } => EINVAL NETMASK is missing -9

# ---- what is truncated, oversized, not terminated
new-service service{ af=#02 protocol=6 addr=10.0.0.1 port=80 sched=rr flags=0/0 timeout=0 netmask=255.255.255.255 } => EINVAL Attribute failed policy validation @1
new-service service{ af=2 protocol=#06 addr=10.0.0.1 port=80 sched=rr flags=0/0 timeout=0 netmask=255.255.255.255 } => EINVAL Attribute failed policy validation @2
new-service service{ af=2 protocol=6 addr=#0000000000000000000000000000000000 port=80 sched=rr flags=0/0 timeout=0 netmask=255.255.255.255 } => EINVAL Attribute failed policy validation @3
new-service service{ af=2 protocol=6 addr=10.0.0.1 port= sched=rr flags=0/0 timeout=0 netmask=255.255.255.255 } => EINVAL Attribute failed policy validation @4
new-service service{ af=2 fwmark=#010000 sched=rr flags=0/0 timeout=0 netmask=255.255.255.255 } => EINVAL Attribute failed policy validation @5
new-service service{ af=2 fwmark=1 sched=#7272 flags=0/0 timeout=0 netmask=255.255.255.255 } => EINVAL Attribute failed policy validation @6
new-service service{ af=2 fwmark=1 sched=abcdefghijklmnop flags=0/0 timeout=0 netmask=255.255.255.255 } => EINVAL Attribute failed policy validation @6
new-service service{ af=2 fwmark=1 sched=rr flags=#000000000000000000 timeout=0 netmask=255.255.255.255 } => EINVAL Attribute failed policy validation @7
new-service service{ af=2 fwmark=1 sched=rr flags=0/0 timeout=#00 netmask=255.255.255.255 } => EINVAL Attribute failed policy validation @8
new-service service{ af=2 fwmark=1 sched=rr flags=0/0 timeout=0 netmask=#00 } => EINVAL Attribute failed policy validation @9
set-config tcp=#00 => ERANGE Attribute failed policy validation @4

# ---- services
new-service service{ af=2 protocol=6 addr=10.0.0.1 port=80 sched=rr flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => OK
new-service service{ af=2 protocol=6 addr=10.0.0.1 port=80 sched=rr flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => EEXIST SERVICE exists already @1
new-service service{ af=2 protocol=6 addr=10.0.0.1 port=80 sched=nosuch flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => EEXIST SERVICE exists already @1
new-service service{ af=2 fwmark=1 sched=nosuch flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => ENOENT SCHED_NAME: scheduler not found: no module ip_vs_NAME @1
new-service service{ af=2 fwmark=1 sched='' flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => ENOENT SCHED_NAME: scheduler not found: no module ip_vs_NAME @1
new-service service{ af=2 fwmark=1 sched=rr pe=nosuch flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => ENOENT PE_NAME: persistence engine not found: no module ip_vs_pe_NAME @1
new-service service{ af=2 fwmark=1 sched=rr flags=0/ffffffff timeout=LONGEST+ netmask=255.255.255.255 } => EINVAL TIMEOUT is too long @1 (in tree: OK)
new-service service{ af=7 fwmark=1 sched=rr flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => EAFNOSUPPORT AF is neither IPv4 nor IPv6 @1
new-service service{ af=10 protocol=6 addr=fd00::1 port=80 sched=rr flags=0/ffffffff timeout=0 netmask=#00000000 } => EINVAL NETMASK is no IPv6 prefix length of 1 to 128 @1
new-service service{ af=10 protocol=6 addr=fd00::1 port=80 sched=rr flags=0/ffffffff timeout=0 netmask=#81000000 } => EINVAL NETMASK is no IPv6 prefix length of 1 to 128 @1
new-service service{ af=10 protocol=6 addr=fd00::1 port=80 sched=rr flags=0/ffffffff timeout=0 netmask=#80000000 } => OK
set-service service{ af=10 protocol=6 addr=fd00::1 port=80 sched=rr flags=0/ffffffff timeout=0 netmask=#00000000 } => EINVAL NETMASK is no IPv6 prefix length of 1 to 128 @1
new-service service{ af=2 protocol=51 addr=10.0.0.1 port=80 sched=rr flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => EPROTONOSUPPORT PROTOCOL: services are of TCP, UDP or SCTP @1 (in tree: OK)
new-service service{ af=2 protocol=262 addr=10.0.0.1 port=80 sched=rr flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => EPROTONOSUPPORT PROTOCOL: services are of TCP, UDP or SCTP @1 (in tree: OK)
set-service service{ af=2 fwmark=9 sched=rr flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => ESRCH SERVICE: there is no such service @1
set-service service{ af=2 protocol=6 addr=10.0.0.1 port=80 sched=nosuch flags=0/ffffffff timeout=0 netmask=255.255.255.255 } => ENOENT SCHED_NAME: scheduler not found: no module ip_vs_NAME @1
set-service service{ af=2 protocol=6 addr=10.0.0.1 port=80 } => EINVAL SCHED_NAME is missing -6
del-service service{ af=2 fwmark=9 } => ESRCH SERVICE: there is no such service @1
del-service service{ af=2 protocol=17 addr=10.0.0.1 port=80 } => ESRCH SERVICE: there is no such service @1
del-service service{ af=2 protocol=262 addr=10.0.0.1 port=80 } => ESRCH SERVICE: there is no such service @1
del-service => EINVAL SERVICE is missing
get-service service{ af=2 fwmark=9 } => ESRCH SERVICE: there is no such service @1
get-service => EINVAL SERVICE is missing
get-service service{ af=2 protocol=6 addr=10.0.0.1 port=80 } => OK
zero service{ af=2 fwmark=9 } => ESRCH SERVICE: there is no such service @1
zero service{ } => EINVAL AF is missing -1

# ---- real servers
new-dest service{ af=2 fwmark=9 } => ESRCH SERVICE: there is no such service @1
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } => EINVAL DEST is missing
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ } => EINVAL ADDR is missing -1
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 } => EINVAL PORT is missing -2
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => EINVAL FWD_METHOD is missing -3
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=0 } => EINVAL WEIGHT is missing -4
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=0 weight=1 } => EINVAL U_THRESH is missing -5
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=0 weight=1 upper=0 } => EINVAL L_THRESH is missing -6
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=0 weight=-1 upper=0 lower=0 } => ERANGE WEIGHT is above 2147483647 @2
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=0 weight=1 upper=5 lower=6 } => ERANGE L_THRESH is above U_THRESH @2
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=0 weight=1 upper=-1 lower=0 } => EINVAL U_THRESH is above 2147483647 @2 (in tree: OK)
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => ENOENT DEST: the service has no such real server @2 (in tree: OK)
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=1 weight=1 upper=0 lower=0 } => EINVAL FWD_METHOD is none of NAT, tunnel, direct routing @2 (in tree: OK)
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => ENOENT DEST: the service has no such real server @2 (in tree: OK)
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=7 weight=1 upper=0 lower=0 } => EINVAL FWD_METHOD is none of NAT, tunnel, direct routing @2 (in tree: OK)
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => ENOENT DEST: the service has no such real server @2 (in tree: OK)
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=2 weight=1 upper=0 lower=0 tuntype=1 } => EINVAL TUN_PORT: GUE needs a port @2
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=2 weight=1 upper=0 lower=0 tuntype=3 } => EINVAL TUN_TYPE is none of IPIP, GUE, GRE @2 (in tree: OK)
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => ENOENT DEST: the service has no such real server @2 (in tree: OK)
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=2 weight=1 upper=0 lower=0 tuntype=2 tunport=6080 } => EINVAL TUN_PORT: only GUE has a port @2 (in tree: OK)
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => ENOENT DEST: the service has no such real server @2 (in tree: OK)
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=2 weight=1 upper=0 lower=0 tunflags=1 } => EINVAL TUN_FLAGS: this TUN_TYPE has no such checksum @2 (in tree: OK)
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => ENOENT DEST: the service has no such real server @2 (in tree: OK)
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=2 weight=1 upper=0 lower=0 tuntype=2 tunflags=2 } => EINVAL TUN_FLAGS: this TUN_TYPE has no such checksum @2 (in tree: OK)
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => ENOENT DEST: the service has no such real server @2 (in tree: OK)
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=2 weight=1 upper=0 lower=0 tuntype=1 tunport=6080 tunflags=4 } => EINVAL TUN_FLAGS: this TUN_TYPE has no such checksum @2 (in tree: OK)
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => ENOENT DEST: the service has no such real server @2 (in tree: OK)
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=2 weight=1 upper=0 lower=0 tuntype=1 tunport=6080 } => OK
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => OK
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=2 weight=1 upper=0 lower=0 tuntype=1 tunport=6080 tunflags=3 } => OK
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => OK
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=2 weight=1 upper=0 lower=0 tuntype=2 tunflags=1 } => OK
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 } => OK
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=224.0.0.1 port=80 fwd=0 weight=1 upper=0 lower=0 } => EINVAL ADDR is no unicast address @2
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ family=7 addr=10.0.0.2 port=80 fwd=0 weight=1 upper=0 lower=0 } => EAFNOSUPPORT ADDR_FAMILY is neither IPv4 nor IPv6 @11
new-dest service{ af=10 protocol=6 addr=fd00::1 port=80 } dest{ addr=ff02::1 port=80 fwd=0 weight=1 upper=0 lower=0 } => EINVAL ADDR is no unicast address @2
new-dest service{ af=10 protocol=6 addr=fd00::1 port=80 } dest{ addr=fe80::1 port=80 fwd=0 weight=1 upper=0 lower=0 } => EINVAL ADDR is no unicast address @2
new-dest service{ af=10 protocol=6 addr=fd00::1 port=80 } dest{ addr=::1 port=80 fwd=0 weight=1 upper=0 lower=0 } => OK
new-dest service{ af=10 protocol=6 addr=fd00::1 port=80 } dest{ addr=fd00::2 port=80 fwd=3 weight=1 upper=0 lower=0 } => OK
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ family=10 addr=fd00::2 port=80 fwd=0 weight=1 upper=0 lower=0 } => EINVAL ADDR_FAMILY: only a tunnel leads to another family @2
new-dest service{ af=10 protocol=6 addr=fd00::1 port=80 } dest{ family=2 addr=10.0.0.2 port=80 fwd=3 weight=1 upper=0 lower=0 } => EINVAL ADDR_FAMILY: only a tunnel leads to another family @2
new-dest service{ af=10 protocol=6 addr=fd00::1 port=80 } dest{ family=2 addr=10.0.0.2 port=80 fwd=2 weight=1 upper=0 lower=0 } => OK
set-dest service{ af=10 protocol=6 addr=fd00::1 port=80 } dest{ family=2 addr=10.0.0.2 port=80 fwd=0 weight=1 upper=0 lower=0 } => EINVAL ADDR_FAMILY: only a tunnel leads to another family @2
new-daemon daemon{ state=1 ifn=lo syncid=1 } => EINVAL a real server is of another family than its service @3
del-dest service{ af=10 protocol=6 addr=fd00::1 port=80 } dest{ family=2 addr=10.0.0.2 port=80 } => OK
new-daemon daemon{ state=1 ifn=lo syncid=1 } => OK
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ family=10 addr=fd00::2 port=80 fwd=2 weight=1 upper=0 lower=0 } => EINVAL ADDR_FAMILY: a sync daemon runs, it knows one family @2
del-daemon daemon{ state=1 } => OK
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=#00 weight=1 upper=0 lower=0 } => EINVAL Attribute failed policy validation @3
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ family=0 addr=10.0.0.2 port=80 fwd=0 weight=1 upper=9 lower=9 99=ignored } => OK
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=3 weight=1 upper=0 lower=0 } => EEXIST DEST: the service has this real server already @2
new-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=#0a000003 port=80 fwd=3 weight=1 upper=0 lower=0 } => OK
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.3 port=80 } => OK
set-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.4 port=80 fwd=3 weight=1 upper=0 lower=0 } => ENOENT DEST: the service has no such real server @2
set-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=80 fwd=3 weight=-1 upper=0 lower=0 } => ERANGE WEIGHT is above 2147483647 @2
set-dest service{ af=2 fwmark=9 } dest{ addr=10.0.0.2 port=80 fwd=3 weight=1 upper=0 lower=0 } => ESRCH SERVICE: there is no such service @1
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } dest{ addr=10.0.0.2 port=81 } => ENOENT DEST: the service has no such real server @2
del-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } => EINVAL DEST is missing
dump get-dest service{ af=2 protocol=6 addr=10.0.0.1 port=80 } => 1
dump get-dest service{ af=2 fwmark=9 } => 0
dump get-dest service{ af=#02 } => 0
dump get-dest => 0

# ---- daemons
new-daemon => EINVAL DAEMON is missing
new-daemon daemon{ } => EINVAL STATE is missing -1
new-daemon daemon{ state=1 } => EINVAL MCAST_IFN is missing -2
new-daemon daemon{ state=1 ifn=lo } => EINVAL SYNC_ID is missing -3
new-daemon daemon{ state=1 ifn=abcdefghijklmnop syncid=1 } => EINVAL Attribute failed policy validation @2
new-daemon daemon{ state=1 ifn=nosuch syncid=1 } => ENODEV MCAST_IFN: there is no such network interface @3
new-daemon daemon{ state=3 ifn=lo syncid=1 } => EINVAL STATE is neither master nor backup @3
new-daemon daemon{ state=1 ifn=lo syncid=1 group=10.0.0.1 } => EINVAL MCAST_GROUP is no multicast address @3
new-daemon daemon{ state=1 ifn=lo syncid=1 group6=fd00::1 } => EINVAL MCAST_GROUP6 is no multicast address @3
del-daemon daemon{ state=1 } => ESRCH STATE: no such daemon runs @3
new-daemon daemon{ state=1 ifn=lo syncid=256 } => EINVAL SYNC_ID is above 255 @3 (in tree: OK)
del-daemon daemon{ state=1 } => ESRCH STATE: no such daemon runs @3 (in tree: OK)
new-daemon daemon{ state=1 ifn=lo syncid=255 } => OK
new-daemon daemon{ state=1 ifn=lo syncid=1 } => EEXIST STATE: such a daemon runs already @3
dump get-daemon => 1
del-daemon daemon{ state=2 } => ESRCH STATE: no such daemon runs @3
del-daemon daemon{ state=0 } => EINVAL STATE is neither master nor backup @3
del-daemon daemon{ } => EINVAL STATE is missing -1
del-daemon => EINVAL DAEMON is missing
del-daemon daemon{ state=1 } => OK

# ---- timeouts
set-config tcp=-1 => EINVAL TIMEOUT_TCP is too long
set-config tcpfin=LONGEST+ => EINVAL TIMEOUT_TCP_FIN is too long
set-config udp=LONGEST+ => EINVAL TIMEOUT_UDP is too long
set-config tcp=100 udp=LONGEST+ => EINVAL TIMEOUT_UDP is too long
set-config tcp=LONGEST tcpfin=0 => OK

# ---- commands
18 => EOPNOTSUPP
0 => EOPNOTSUPP
set-info => EOPNOTSUPP
get-dest service{ af=2 fwmark=9 } => EOPNOTSUPP
get-daemon => EOPNOTSUPP
dump get-info => EOPNOTSUPP
END

# What a signed number of ticks holds.
longest=$((0x7fffffff / HZ))
sed -i "/^#/d; /^$/d; s/LONGEST+/$((longest + 1))/; s/LONGEST/$longest/" "$TMPDIR/cases"
[ -z "${IN_TREE-}" ] || sed -i '/(in tree: unasked)/d' "$TMPDIR/cases"
sed 's/ => .*//' "$TMPDIR/cases" >"$TMPDIR/requests"
ip link set lo up
timeout 200 "$ask" <"$TMPDIR/requests" >"$TMPDIR/answers" || fail "status $? of $ask"
if [ -n "${IN_TREE-}" ]; then
	# it has no sentences
	sed 's/.* => //; s/.*(in tree: \(.*\))/\1/; s/ .*//' "$TMPDIR/cases" >"$TMPDIR/wanted"
	sed -i 's/ .*//' "$TMPDIR/answers"
else
	sed 's/.* => //; s/ (in tree: .*//' "$TMPDIR/cases" >"$TMPDIR/wanted"
fi
paste -d '\n' "$TMPDIR/requests" "$TMPDIR/wanted" >"$TMPDIR/both.wanted"
paste -d '\n' "$TMPDIR/requests" "$TMPDIR/answers" >"$TMPDIR/both"
diff -U 1 "$TMPDIR/both.wanted" "$TMPDIR/both" || fail 'wanted -, got +'
note "ok: $(wc -l <"$TMPDIR/requests") answers are right"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Everything at once, on as many CPUs as there are, for so many seconds: packets of
# new and known connections of both families, answers to them; services, servers,
# weights, schedulers, daemons, sysctls and namespaces that come, change and go; lists
# of all of it. The kernel has nothing to say, nobody is lost, and all goes away in the end.
# kernel: stock, for its two CPUs
# timeout: 400
# cpus: 2
. "$(dirname "$0")/lib_lab.sh"
seconds=${RACE_SECONDS:-25}

lab
ip -n director -batch - <<END || fail 'the other family'
address add fd00:1::1/64 dev front
address add fd00:1::100/128 dev front
address add fd00:2::1/64 dev back
neighbour add fd00:1::10 lladdr 02:00:00:00:01:0a dev front
route add fd09::/16 via fd00:1::10
neighbour add fd00:2::11 lladdr 02:00:00:00:02:0b dev back
neighbour add fd00:2::12 lladdr 02:00:00:00:02:0b dev back
neighbour add fd00:2::13 lladdr 02:00:00:00:02:0b dev back
END
director sysctl -qw net.ipv6.conf.all.forwarding=1
for scheduler in rr wrr lc wlc; do modprobe "ip_vs_$scheduler" || fail "no module"; done
genl=$top/build/net/genl
dns="af=2 protocol=17 addr=$VIP port=53" web="af=2 protocol=6 addr=$VIP port=80"
dns6='af=10 protocol=17 addr=fd00:1::100 port=53' web6='af=10 protocol=6 addr=fd00:1::100 port=80'
for service in "$dns" "$web" 'af=2 fwmark=3' "$dns6" "$web6"; do
	case $service in
	af=2*) servers=10.0.2. alone=255.255.255.255 group=255.255.0.0 ;;
	*) servers=fd00:2:: alone=#80000000 group=#40000000 ;;
	esac
	config="flags=0/ffffffff timeout=0 netmask=$alone"
	for scheduler in rr wrr lc wlc; do
		echo "new-service service{ $service sched=$scheduler $config }"
		echo "set-service service{ $service sched=$scheduler $config }"
	done
	echo "set-service service{ $service sched=rr flags=1/ffffffff timeout=5 netmask=$group }"
	for number in 11 12 13; do
		for fwd in 0 3 2; do
			dest="addr=$servers$number port=${service##*port=} upper=0 lower=0 fwd=$fwd"
			dest=${dest/port=af=2 fwmark=3/port=0}
			echo "new-dest service{ $service } dest{ $dest weight=$number }"
			echo "set-dest service{ $service } dest{ $dest weight=$((fwd * 2)) }"
		done
		echo "del-dest service{ $service } dest{ $dest }"
	done
	echo "del-service service{ $service }"
	echo "dump get-dest service{ $service }"
	echo "zero service{ $service }"
done >"$TMPDIR/requests"
director "$genl" <<END || fail 'what storms in the other family is refused'
new-service service{ $dns6 sched=wlc $config }
set-service service{ $dns6 sched=rr flags=1/ffffffff timeout=5 netmask=$group }
new-dest service{ $dns6 } dest{ addr=fd00:2::11 port=53 upper=0 lower=0 fwd=0 weight=3 }
flush
END
cat >>"$TMPDIR/requests" <<END
new-daemon daemon{ state=1 ifn=back syncid=1 }
new-daemon daemon{ state=2 ifn=back syncid=1 }
del-daemon daemon{ state=1 }
del-daemon daemon{ state=2 }
dump get-daemon
dump get-service
set-config tcp=900 tcpfin=2 udp=2
get-info
zero
flush
END

# storm NAME COMMAND...: in the background; all of them end by themselves.
storms=()
storm() {
	local name=$1
	shift
	"$@" <"$TMPDIR/requests" >"$TMPDIR/$name" 2>&1 &
	storms+=($!)
}
going() {
	[ "$SECONDS" -lt "$end" ]
}
flood_front() {
	while going; do
		wire_script=$(printf '%s\n' 'open front client front director front' \
			"flood front 4000 udp 10.9.0.1:0 > $VIP:53" "flood front 500 tcp 10.9.0.1:0 > $VIP:80 flags=S" \
			"flood front 500 tcp 10.9.0.1:0 > $VIP:80 flags=A" "flood front 500 tcp 10.9.0.1:0 > $VIP:80 flags=FA" \
			'flood front 2000 udp [fd09::1]:0 > [fd00:1::100]:53' \
			'flood front 300 tcp [fd09::1]:0 > [fd00:1::100]:80 flags=S' \
			'flood front 300 tcp [fd09::1]:0 > [fd00:1::100]:80 flags=FA')
		client "$top/build/net/wire" <<<"$wire_script" || return
	done
}
flood_back() {
	while going; do
		on server "$top/build/net/wire" <<-END || return
			open back server back director back
			flood back 4000 udp 10.9.0.1:0 > 10.0.2.11:53
			flood back 500 tcp 10.9.0.1:0 > 10.0.2.12:80 flags=SA
			flood back 1000 udp [fd09::1]:0 > [fd00:2::11]:53
		END
	done
}
knobs() {
	while going; do
		for value in 0 1; do
			for name in sync_version sync_persist_mode conn_reuse_mode expire_nodest_conn \
				expire_quiescent_template sloppy_tcp; do
				director sysctl -qw net.ipv4.vs.$name=$value || return
			done
		done
		director cat /proc/net/ip_vs /proc/net/ip_vs_conn /proc/net/ip_vs_stats /proc/net/ip_vs_stats_percpu >/dev/null
	done
}
spaces() {
	while going; do
		ip netns add passing && ip -n passing link set lo up && ip -n passing address add 10.1.1.3/24 dev lo &&
			on passing "$IPVSADM" -R <<-END && ip netns delete passing || return
				-A -u 10.1.1.1:53 -s wrr
				-a -u 10.1.1.1:53 -r 10.1.1.2:53 -m
				--start-daemon master --mcast-interface lo
				--start-daemon backup --mcast-interface lo
			END
	done
}

end=$((SECONDS + seconds))
for seed in 1 2 3; do
	storm control$seed director "$genl" storm $seed "$seconds"
done
storm front flood_front
storm back flood_back
storm knobs knobs
storm spaces spaces
for storm in "${storms[@]}"; do
	wait "$storm" || bad=1
done
tail -n 5 "$TMPDIR"/control? "$TMPDIR"/{front,back,knobs,spaces}
[ -z "${bad-}" ] || fail 'one of them did not come through'
for seed in 1 2 3; do
	grep -qE 'OK=[0-9]{2}' "$TMPDIR/control$seed" || fail 'hardly a request was done'
	grep -oE '[A-Za-z]+=' "$TMPDIR/control$seed" | grep -vE '^(OK|EEXIST|ESRCH|ENOENT|EINVAL|ERANGE)=' &&
		fail 'other answers'
done

# What is left works, and goes.
ipvs -C
for role in master backup; do ipvs --stop-daemon $role 2>/dev/null; done
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.14:53 -m
END
wire <<END
send client udp 10.9.99.7:7 > $VIP:53 size=9
expect server udp 10.9.99.7:7 > 10.0.2.14:53 size=9 sum=good
END
ipvs -C
unloads() { rmmod ip_vs_wlc ip_vs_lc ip_vs_wrr ip_vs_rr ip_vs; }
until_true 30 unloads || fail "does not unload: $(lsmod | grep ip_vs)"
check 'it comes back' ipvs -A -t 10.7.7.7:80 -s rr

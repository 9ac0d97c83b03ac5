#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The knobs of /proc/sys/net/ipv4/vs have the defaults of the in-tree module, take
# the values it takes and refuse those it refuses.
. "$(dirname "$0")/lib.sh"
vs=/proc/sys/net/ipv4/vs

# without processes, which are dear here
knob() {
	local words
	read -ra words <"$vs/$1"
	value_now="${words[*]}"
}

set_knob() {
	echo "$2" 2>/dev/null >"$vs/$1"
}

modprobe ip_vs || fail 'no module'
while read -r name default; do
	knob "$name"
	equal "$name at first" "$default" "$value_now"
done <<-END
	am_droprate 10
	amemthresh 1024
	backup_only 0
	cache_bypass 0
	conn_reuse_mode 1
	conntrack 0
	drop_entry 0
	drop_packet 0
	expire_nodest_conn 0
	expire_quiescent_template 0
	ignore_tunneled 0
	nat_icmp_send 0
	pmtu_disc 1
	schedule_icmp 0
	secure_tcp 0
	sloppy_sctp 0
	sloppy_tcp 0
	snat_reroute 1
	sync_persist_mode 0
	sync_ports 1
	sync_refresh_period 0
	sync_retries 0
	sync_sock_size 0
	sync_threshold 3 50
	sync_version 1
END
knob sync_qlen_max
[ "$value_now" -gt 100 ] || fail "sync_qlen_max is $value_now"

# NAME GOOD... / BAD...
while read -r line; do
	name=${line%% *} good=${line#* } bad=${line#*/ }
	good=${good%% /*}
	IFS=, read -ra values <<<"$good"
	for value in "${values[@]}"; do
		check "$name takes '$value'" set_knob "$name" "$value"
		knob "$name"
		equal "$name" "$value" "$value_now"
	done
	kept=$value_now
	IFS=, read -ra values <<<"$bad"
	for value in "${values[@]}"; do
		refuse "$name does not take '$value'" set_knob "$name" "$value"
		knob "$name"
		equal "$name still" "$kept" "$value_now"
	done
done <<-END
	am_droprate 1,-1,10 / x
	amemthresh 0,-1,1024 / x
	backup_only 1,-1,0 / x
	cache_bypass 1 / x
	conn_reuse_mode 0,2,3 / x
	conntrack 1,-1,0 / x
	drop_entry 3,0 / 4,-1,x
	drop_packet 3,0 / 4,-1,x
	expire_nodest_conn 1 / x
	expire_quiescent_template 1 / x
	ignore_tunneled 1 / x
	nat_icmp_send 1 / x
	pmtu_disc 0 / x
	schedule_icmp 1 / x
	secure_tcp 3,0 / 4,-1,x
	sloppy_sctp 1 / x
	sloppy_tcp 1 / x
	snat_reroute 0 / x
	sync_persist_mode 1 / x
	sync_ports 2,64,1024,1 / 0,3,-1,x
	sync_qlen_max 1,4096 / x
	sync_refresh_period 10,0 / x
	sync_retries 3,0 / 4,-1,x
	sync_sock_size 65536,0 / x
	sync_threshold 0 0,5 0,3 50,49 50 / 50 50,51 50,-1 50,3 -1,x
	sync_version 0,1 / 2,-1,x
END
[ -n "${IN_TREE-}" ] || refuse 'a negative period' set_knob sync_refresh_period -1

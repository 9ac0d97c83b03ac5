#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Packets pass our hooks only while their namespace has a service: the first one
# brings the hooks, the last takes them away. (Debian's kernel cannot list hooks:
# the function tracer tells who calls us. The debug kernel has no tracer and lists.)
. "$(dirname "$0")/lib_lab.sh"

tracing=/sys/kernel/tracing

# calls: how often the netfilter core calls us for one forwarded packet.
calls() {
	if [ ! -e $tracing/set_ftrace_filter ]; then
		director nft list hooks | grep -c '\[ip_vs\]'
		return
	fi
	echo >$tracing/trace
	wire >/dev/null <<-END
		send client udp 10.9.0.1:1000 > 10.0.2.11:99
		expect server udp 10.9.0.1:1000 > 10.0.2.11:99
	END
	grep -c '<-nf_hook_slow' $tracing/trace
}

lab
ipvs -Ln >/dev/null
mountpoint -q $tracing || mount -t tracefs tracing $tracing 2>/dev/null
if [ -e $tracing/set_ftrace_filter ]; then
	echo ':mod:ip_vs' >$tracing/set_ftrace_filter || fail 'no function tracer'
	echo function >$tracing/current_tracer
else
	director nft list hooks >/dev/null || fail 'neither a tracer nor a list of hooks'
fi
equal 'calls without a service' 0 "$(calls)"
check 'first service' ipvs -A -t $VIP:80 -s rr
number=$(calls)
check "calls with a service: $number" test "$number" -gt 0
check 'second service' ipvs -A -f 1 -s rr
equal 'calls with two' "$number" "$(calls)"
check 'first goes' ipvs -D -t $VIP:80
equal 'calls with the other' "$number" "$(calls)"
check 'second goes' ipvs -D -f 1
equal 'calls without' 0 "$(calls)"
check 'a service elsewhere' client "$IPVSADM" -A -t $VIP:80 -s rr
equal 'calls for that' 0 "$(calls)"
check 'again here' ipvs -A -t $VIP:80 -s rr
equal 'as many again' "$number" "$(calls)"
check 'flush' ipvs -C
equal 'calls after the flush' 0 "$(calls)"
[ ! -e $tracing/set_ftrace_filter ] || {
	echo nop >$tracing/current_tracer
	echo >$tracing/set_ftrace_filter
}

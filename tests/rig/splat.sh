# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the scanner of kernel logs takes for a bug, and what not.

splats=(
	'WARNING: CPU: 0 PID: 7 at kernel/x.c:3 f+0x1/0x2'
	'WARNING: possible circular locking dependency detected'
	'WARNING: suspicious RCU usage'
	'BUG: kernel NULL pointer dereference, address: 0000000000000008'
	'BUG: KASAN: use-after-free in f+0x1/0x2'
	'BUG: KCSAN: data-race in stats_add+0x1a/0x40 [ip_vs] / stats_read+0x2/0x9 [ip_vs]'
	'BUG: KCSAN: data-race in run_timer_softirq / ip_vs_flow_local+0x9/0x99 [ip_vs]'
	'BUG: sleeping function called from invalid context at mm/slab.h:1'
	'BUG: scheduling while atomic: swapper/0/0/0x00000100'
	'BUG ip_vs_conn (Tainted: G  O): Objects remaining in ip_vs_conn'
	'kernel BUG at kernel/x.c:3!'
	'Oops: 0000 [#1] PREEMPT SMP NOPTI'
	'general protection fault, probably for non-canonical address 0xdead'
	'UBSAN: array-index-out-of-bounds in kernel/x.c:3:1'
	'refcount_t: underflow; use-after-free.'
	'rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:'
	'rcu: INFO: rcu_preempt self-detected stall on CPU'
	'watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [curl:99]'
	'INFO: task kworker/0:1:9 blocked for more than 120 seconds.'
	'unregister_netdevice: waiting for lo to become free. Usage count = 2'
	'list_del corruption. prev->next should be ffff8881, but was dead'
	'Kernel panic - not syncing: sysrq triggered crash'
	'curl invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0'
	'unreferenced object 0x61a3c2e8 (size 64):'
)

peaceful=(
	'Linux version 6.1.0 (debian-kernel@lists.debian.org) #1 SMP PREEMPT_DYNAMIC Debian'
	'ip_vs: loading out-of-tree module taints kernel.'
	'ip_vs: module verification failed: signature and/or required key missing - tainting kernel'
	'BUG: KCSAN: data-race in fib_table_lookup+0x1a/0x40 / fib_release+0x2/0x9'
	'kcsan: enabled early'
	'kasan: KernelAddressSanitizer initialized'
	'kfence: initialized - using 2097152 bytes for 255 objects'
	'RCU Tasks Trace: Using 4 callbacks'
	'IPVS: Registered protocols (TCP, UDP, SCTP, AH, ESP)'
	'ipvs-vm: test called WARNING: after a splat'
	'Speculative Return Stack Overflow: WARNING: See https://kernel.org/doc/html/latest/'
	'kmemleak: 2 new suspected memory leaks (see /sys/kernel/debug/kmemleak)'
)

trace='[    3.1] ------------[ cut here ]------------
[    3.1] WARNING: CPU: 1 PID: 140 at kernel/conn.c:12 conn_put+0x1a/0x40 [ip_vs]
[    3.1] Modules linked in: ip_vs(OE)
[    3.1] RIP: 0010:conn_put+0x1a/0x40 [ip_vs]
[    3.1] Call Trace:
[    3.1]  <TASK>
[    3.1]  dump_stack_lvl+0x44/0x5c
[    3.1]  ? __warn+0x7d/0xc0
[    3.1]  flow_in+0x10/0x200 [ip_vs]
[    3.1]  ? nf_confirm+0x1/0x9 [nf_conntrack]
[    3.1]  nf_hook_slow+0x41/0xc0
[    3.1]  ip_local_deliver+0xa0/0x120'

# The debug kernel of a list walked outside RCU, in the file %s.
suspicious='[    3.1] WARNING: suspicious RCU usage
[    3.1] 6.1.192-uml-37dbcbe8 #1 Tainted: G           O
[    3.1] -----------------------------
[    3.1] %s RCU-list traversed in non-reader section!!
[    3.1] Call Trace:
[    3.1]  [<608d2dbd>] show_stack.cold+0xb0/0x178
[    3.1]  [<a0b79739>] nft_set_lookup.part.0+0x119/0x120 [nf_tables]
'

# The kernel of memory that it was denied, by a test or not.
asked='[    3.0] ipvs-vm: test fail_load
'
denied='[    3.1] kmem_cache_create_usercopy(ip_vs_conn) failed with error -12
[    3.1] Stack:
[    3.1]  64eff820 60f8b9d8 64eff7a8 00000004
[    3.1] Call Trace:
[    3.1]  [<61022167>] kmem_cache_create_usercopy.cold+0x35/0x6e
[    3.1]  [<80a47afb>] ip_vs_conn_caches_init+0xab/0x3a0 [ip_vs]'

# suspect FILE:LINE [WHAT FOLLOWS]
suspect() {
	# shellcheck disable=SC2059
	scan "$(printf "$suspicious" "$1")${2:+$'\n'$2}"
}

scan() {
	printf '%s\n' "$1" >"$work/kernel.log"
	tests/vm/splat "$work/kernel.log"
}

fingerprint() {
	scan "$1" | sed -n 's/^fingerprint: //p'
}

plan_splat() {
	echo $((${#splats[@]} + ${#peaceful[@]} + 12))
}

test_splat() {
	local line
	for line in "${splats[@]}"; do
		ok "red: $line" fails scan "[    1.234567] $line"
	done
	for line in "${peaceful[@]}"; do
		ok "green: $line" scan "[    1.234567] $line"
	done
	ok 'a fingerprint is five functions, without addresses and guesses' \
		is conn_put:flow_in:nf_hook_slow:ip_local_deliver fingerprint "$trace"
	ok 'the same bug at other addresses has the same fingerprint' \
		is conn_put:flow_in:nf_hook_slow:ip_local_deliver \
		fingerprint "${trace//0x1/0x7}"
	ok 'RCU lists of nf_tables are its own affair' suspect net/netfilter/nft_set_bitmap.c:96
	ok '... others are not' fails suspect kernel/svc.c:12
	ok '... nor what follows' fails suspect net/netfilter/nf_tables_api.c:9 '[    3.2] BUG: x'
	ok 'memory that a test denies is told with a trace' scan "$asked$denied"
	ok '... what follows is not passed over' fails scan "$asked$denied"$'\n[    3.2] BUG: x'
	ok '... nor where the trace does not come' \
		fails scan "$asked"$'[    3.1] vmap: vmalloc error: size 4096\n[    3.2] BUG: x'
	ok '... other errors are not' fails scan "$asked${denied/-12/-17}"
	ok '... nor where nobody has asked for it' fails scan "$denied"
	ok '... nor in the next test' fails scan "$asked"$'[    3.1] ipvs-vm: test other\n'"$denied"
	ok 'a log with CR and thread numbers' fails scan $'[    1.2][  T12] BUG: x\r'
}

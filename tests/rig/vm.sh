# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The machine itself: each way in which a run can go wrong has its own status
# and sentence. The in-tree modules do here; the faults are ours.

# boots STATUS SENTENCE COMMAND...: how tests/vm/boot ends and what it says.
boots() {
	local wanted=$1 sentence=$2 status
	shift 2
	tests/vm/boot --in-tree --cpus 1 --mem 512 --console "$work/console" \
		--timeout "${deadline:-300}" -- "$@" >"$work/output" 2>&1
	status=$?
	echo "status $status, wanted $wanted; console:"
	tail -n 5 "$work/console"
	[ $status -eq "$wanted" ] && grep -qF "$sentence" "$work/output"
}

# The verdict channel, for a guest that lies.
verdict='for p in /sys/class/virtio-ports/*; do
	grep -qx verdict $p/name && echo exit 0 >/dev/${p##*/}
done'

build_fault() {
	. tests/vm/kernel.sh
	mkdir -p build/rig
	cp -u tests/rig/fault/* build/rig/
	make -s -C "$(kernel_headers)" M="$top/build/rig" CONFIG_DEBUG_INFO_BTF_MODULES= modules
}

# A whole run of tests/vm/net; its lines are judged one by one afterwards.
run_net() {
	local script scripts=()
	for script; do
		scripts+=("tests/rig/net/$script.sh")
	done
	tests/vm/net --in-tree --timeout 600 --patience 3 "${scripts[@]}" >"$work/net" 2>&1
}

says() {
	cat "$work/net"
	grep -qE "$1" "$work/net"
}

plan_vm() {
	echo 26
}

test_vm() {
	ok 'the faulty module builds' build_fault
	ok 'the status of the command is the status' boots 7 hello sh -c 'echo hello; exit 7'
	deadline=4 ok 'a hung guest' boots 241 'the guest hung' sleep 1000
	ok 'a panic' boots 242 'panicked or warned' sh -c 'echo c >/proc/sysrq-trigger'
	ok 'a WARN' boots 242 'fingerprint: fault_init' insmod build/rig/ip_vs_fault.ko what=warn
	ok 'a guest without a verdict' boots 243 'no verdict' busybox poweroff -f
	ok 'a guest that says well and does not power off' boots 244 'did not power off' \
		bash -c "$verdict; busybox reboot -f"

	ok 'a run with failures is red' fails run_net passes fails hangs leaves clean logs stays
	ok 'a test that passes' says '^ok 1 - passes '
	ok 'a test that fails' says '^not ok 2 - fails '
	ok '... and its output' says '^# +the reason'
	ok 'a test that hangs' says '^not ok 3 - hangs '
	ok 'what a test leaves is cleared' says '^ok 4 - leaves '
	ok '... before the next one' says '^ok 5 - clean '
	ok 'a complaint of the kernel is its test'"'"'s failure' says '^not ok 6 - logs '
	ok 'a module that cannot be unloaded' says '^not ok 7 - stays '
	ok '... nor at the end' says '^not ok 8 - the modules unload'
	ok 'the verdict on the tests' says '^tests: good'
	ok 'the verdict on the kernel' says '^kernel: bad'

	ok 'a run with a leak is red' fails run_net leaks
	ok 'the test that leaked' says '^not ok 1 - leaks '
	ok '... and the end of the run' says '^not ok 3 - nothing stays behind'
	ok '... which names the cache' says 'slab cache ip_vs_fault: [0-9]+ objects'

	ok 'a run that ends early is red' fails run_net passes vanishes passes
	ok 'what did not report is counted' says '^1 passed, [78] failed|^2 passed, [78] failed'
	ok 'the last test that began is named' says 'the last test that began is vanishes'
}

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The debug kernel is an architecture of its own: for tests/vm/build-kernel.
image=linux image_name=linux duration='about 6 minutes'

make_kernel() {
	make -C "$build" ARCH=um LOCALVERSION= "$@"
}

# What this version of user-mode Linux lacks. DEBUG_ATOMIC_SLEEP needs the count of
# preempt_disable(), which it selects, not preemption itself, which this
# architecture has not got. A host with AMX has a floating point state of 11 KiB,
# which ptrace takes back only in one piece. A new process looks at its mappings
# without what PROVE_RCU wants to see.
adapt() {
	local registers=$build/arch/x86/um/os-Linux/registers.c tlb=$build/arch/um/kernel/tlb.c
	cp "$vm/build-uml-stacktrace.c" "$build/arch/um/kernel/stacktrace.c"
	sed -i '/^void force_flush_all/,/^}/{ s/^\tfor_each_vma/\trcu_read_lock();\n&/; s/^}/\trcu_read_unlock();\n}/ }' \
		"$tlb"
	sed -i '/^config DEBUG_ATOMIC_SLEEP$/,/help$/{ /depends on !ARCH_NO_PREEMPT/d }' \
		"$build/lib/Kconfig.debug"
	sed -i 's/(HOST_FP_SIZE, 2696)/(HOST_FP_SIZE, 12288)/' "$build/arch/x86/um/user-offsets.c"
	sed -i -e 's/have_xstate_support = 1;/have_xstate_support = iov.iov_len;/' \
		-e '/^int restore_fp_registers/,/^}/s/iov_len = .*;/iov_len = have_xstate_support;/' \
		"$registers"
	grep -q 'FP_SIZE, 12288' "$build/arch/x86/um/user-offsets.c" &&
		grep -q 'rcu_read_unlock' "$tlb" &&
		[ "$(grep -c 'have_xstate_support = iov\|= have_xstate_support' "$registers")" -eq 2 ]
}

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Failures on request, which only the debug kernel has: see the kernel's
# Documentation/fault-injection/fault-injection.rst.

faults=/sys/kernel/debug
mountpoint -q $faults || mount -t debugfs debugfs $faults || fail 'no debugfs'
[ -d $faults/failslab ] || fail 'this kernel fails nothing on request'

# Nothing fails behind the test.
faults_off() {
	local status=$? kind
	for kind in failslab fail_page_alloc; do
		echo 0 >$faults/$kind/probability
		echo Y >$faults/$kind/ignore-gfp-wait
	done
	echo N >$faults/failslab/cache-filter
	return $status
}
trap 'faults_off; at_exit' EXIT

# What may sleep fails too; each failure is not worth a line in the log.
allocations_fail() {
	local kind
	for kind in failslab fail_page_alloc; do
		echo N >$faults/$kind/ignore-gfp-wait
		echo 0 >$faults/$kind/verbose
		echo 0 >$faults/$kind/probability
	done
	echo 0 >$faults/fail_page_alloc/min-order
}

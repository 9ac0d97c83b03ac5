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
	echo N >$faults/failslab/task-filter
	echo 0 >$faults/failslab/space
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

# By commands what takes 4 to 8 KiB fails then: a large message. What is smaller does
# not, for about forty connections.
large_fail() {
	allocations_fail
	echo Y >$faults/failslab/cache-filter
	echo 0 >$faults/failslab/times
	echo 100 >$faults/failslab/probability
	printf '#!/bin/sh\necho 8191 >%s/space\necho -1 >%s/times\n' \
		$faults/failslab $faults/failslab >"$TMPDIR/no_large"
	printf '#!/bin/sh\necho 0 >%s/times\n' $faults/failslab >"$TMPDIR/large"
	chmod +x "$TMPDIR/no_large" "$TMPDIR/large"
}

# Of a thread of the kernel, which only the first namespace of processes knows.
# thread NAME: its number.
thread() {
	grep -l "^$1" /run/threads/[0-9]*/comm | cut -d / -f 4
}

# thread_fails NUMBER N: the N-th allocation of that thread from now on; 0: none.
thread_fails() {
	echo "$2" >"/run/threads/$1/fail-nth"
}

# thread_failed NUMBER: has it come to that?
thread_failed() {
	local left
	read -r left <"/run/threads/$1/fail-nth"
	[ "$left" = 0 ]
}

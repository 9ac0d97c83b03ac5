# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each fuzzer finds the defect that tests/fuzz/plants puts into a copy of what it
# is about, in the executions that it has in a check.
. tests/fuzz/lib.sh

build_planted() {
	make -s -C tests/fuzz -j"$(nproc)" BUILD="$top/build/fuzz" all planted
}

# finds FUZZER: it ends with a report of a sanitizer or of what does not hold.
finds() {
	local name=${1##*/}
	# shellcheck disable=SC2046
	fuzz "$1" "build/fuzz/planted/$name" "$work/$name" $(fixed "$1") >"$work/fuzz" 2>&1 && return 1
	tail -n 20 "$work/fuzz"
	grep -qE '^SUMMARY: (AddressSanitizer|UndefinedBehaviorSanitizer|libFuzzer: deadly)' "$work/fuzz"
}

plan_fuzz() {
	fuzzers | wc -l | awk '{ print $1 + 1 }'
}

test_fuzz() {
	local fuzzer
	ok 'the planted defects build' build_planted
	for fuzzer in $(fuzzers); do
		ok "fuzz: what is planted for $fuzzer is found" finds "$fuzzer"
	done
}

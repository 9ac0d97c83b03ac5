# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# How results are counted; above all, those that are missing.

# count FORMAT STATUS TEXT
count() {
	printf '%s' "$3" >"$work/results"
	tests/tally "$1" "$2" "$work/results"
}

gtest='[==========] Running 3 tests from 1 test suite.
[ RUN      ] Conn.lives
[       OK ] Conn.lives (0 ms)
[ RUN      ] Conn.dies
[       OK ] Conn.dies (0 ms)
[ RUN      ] Each/Conn.expires/0
'
gtest_end='[==========] 3 tests from 1 test suite ran. (2 ms total)
'

plan_tally() {
	echo 16
}

test_tally() {
	local good=$gtest'[       OK ] Each/Conn.expires/0 (1 ms)
' fail=$gtest'[  FAILED  ] Each/Conn.expires/0, where GetParam() = 4 (1 ms)
'
	ok 'gtest: all pass' is '3 0' count gtest 0 "$good$gtest_end"
	ok 'gtest: two programs' is '6 0' count gtest 0 "$good$gtest_end$good$gtest_end"
	ok 'gtest: one fails, and is named again at the end' is '2 1' count gtest 1 \
		"$fail${gtest_end}[  FAILED  ] 1 test, listed below:
[  FAILED  ] Each/Conn.expires/0
"
	ok 'gtest: a crash in the last test' is '2 1' count gtest 139 "$gtest"
	ok 'gtest: a crash after the last test' is '3 1' count gtest 139 "$good"
	ok 'gtest: the second program ends early' is '5 1' count gtest 1 "$good$gtest_end$gtest"
	ok 'gtest: nothing ran' is '0 1' count gtest 0 ''
	ok 'gtest: all pass, but the status is 1' is '3 1' count gtest 1 "$good$gtest_end"
	ok 'gtest: a skipped test counts as failed' is '2 1' count gtest 0 \
		"${gtest}[  SKIPPED ] Each/Conn.expires/0 (1 ms)
$gtest_end"
	ok 'TAP: all pass' is '2 0' count tap 0 $'1..2\nok 1 - a\nok 2\n'
	ok 'TAP: one fails' is '1 1' count tap 1 $'1..2\nok 1 - a\nnot ok 2 - b\n'
	ok 'TAP: fewer than planned' is '1 2' count tap 0 $'1..3\nok 1 - a\n'
	ok 'TAP: more than planned' is '2 1' count tap 0 $'1..1\nok 1 - a\nok 2 - b\n'
	ok 'TAP: no plan' is '1 1' count tap 0 $'ok 1 - a\n'
	ok 'TAP: a skipped test counts as failed' is '1 1' count tap 0 \
		$'1..2\nok 1 - a # SKIP no time\nok 2 - b\n'
	ok 'TAP: all pass, but the status is 242' is '1 1' count tap 242 $'1..1\nok 1 - a\n'
}

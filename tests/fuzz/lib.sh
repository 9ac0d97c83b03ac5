# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# How a fuzzer is started; a fuzzer is named by its folder and file, kernel/packet.

fuzzers() {
	(cd tests/fuzz && printf '%s\n' {kernel,ipvsadm}/*.cpp) | sed 's/\.cpp$//'
}

# As many as the head of the source says, from always the same seed.
fixed() {
	local count
	count=$(sed -n 's/^\/\/ executions: //p' "tests/fuzz/$1.cpp")
	echo "-seed=1 -runs=${count:-1}"
}

# fuzz FUZZER PROGRAM FOLDER OPTION...: what is new goes to FOLDER/new, what was
# found to FOLDER/found. The corpus is given in order, for that of a folder is by chance.
fuzz() {
	local name=${1##*/} program=$2 folder=$3
	shift 3
	mkdir -p "$folder/new" "$folder/found"
	printf %s "$(printf '%s\n' "tests/fuzz/corpus/$name"/* | LC_ALL=C sort | paste -sd ,)" >"$folder/seeds"
	"$program" -max_len=4096 -timeout=100 -print_final_stats=1 -seed_inputs="@$folder/seeds" \
		-artifact_prefix="$folder/found/" "$@" "$folder/new"
}

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The debug kernel tells of each kind of defect: planted in a throw-away copy of
# the sources (plants/), built, loaded, and the run turns red in the right words.

planted=build/rig/planted

copy_sources() {
	make -s tool programs && rm -rf "$planted"/{kernel,include,tests,build/ipvsadm} &&
		mkdir -p "$planted"/build/{ipvsadm,net} &&
		cp -r Makefile VERSION kernel include tests "$planted" &&
		cp build/ipvsadm/ipvsadm "$planted/build/ipvsadm/" &&
		cp build/net/enter "$planted/build/net/"
}

run_planted() {
	KERNEL=debug "$planted/tests/vm/net" --timeout 600 tests/rig/net/services.sh >"$work/net" 2>&1
}

unplanted() {
	run_planted || { cat "$work/net"; return 1; }
}

# told PLANT: the file it is for must really change.
told() {
	local plant=tests/rig/plants/$1.sed file words status
	file=$(sed -n 's/^# in //p' "$plant")
	words=$(sed -n 's/^# says //p' "$plant")
	sed -f "$plant" "$file" >"$planted/$file"
	cmp -s "$file" "$planted/$file" && echo 'nothing planted' && return 1
	run_planted
	status=$?
	cp "$file" "$planted/$file"
	cat "$work/net"
	[ $status -ne 0 ] && grep -qE "$words" "$work/net"
}

plants() {
	(cd tests/rig/plants && printf '%s\n' *.sed) | sed 's/\.sed$//'
}

plan_planted() {
	plants | wc -l | awk '{ print $1 + 2 }'
}

test_planted() {
	local plant
	ok 'a copy of the sources' copy_sources
	ok '... passes as it is' unplanted
	for plant in $(plants); do
		ok "planted and told: $plant" told "$plant"
	done
}

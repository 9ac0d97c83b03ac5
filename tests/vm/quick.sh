# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Tests start hundreds of small programs, and on an emulated processor a start costs more
# than the work: a function for tests/vm/boot.

# What of busybox does is used instead of its bigger namesake.
quick_applets=(basename cat chmod cut dirname grep head mkdir mktemp rm sed seq sha256sum
	sleep sort tail tr uniq wc)
quick_programs=(awk curl dmesg env ethtool ip modprobe mount rmmod socat ss sysctl timeout
	unshare)

# quick_layer DIR PROGRAM...: fill it with files that go over the host's, in the guest's
# memory: static programs, what else is started often, and those programs, with their
# libraries.
quick_layer() {
	local layer=$1 file programs=()
	shift
	mkdir -p "$layer/usr/bin"
	cp /bin/busybox "$layer/usr/bin/" && cp /bin/bash-static "$layer/usr/bin/bash" || return
	for file in "${quick_applets[@]}"; do
		ln -s busybox "$layer/usr/bin/$file"
	done
	mapfile -t programs < <(type -P "${quick_programs[@]}" "$@")
	printf '%s\n' "${programs[@]}" "$(ldd "${programs[@]}" | grep -o '/[^ ]*[^: ]')" |
		sort -u | while read -r file; do
		install -D "$file" "$layer$(realpath "${file%/*}")/${file##*/}" || return
	done
}

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Kernels that are built for the tests, of the source of Debian's own: functions for
# tests/vm/boot, after kernel.sh. A release, 6.1.N-FLAVOUR-HASH, says what it is made
# of; it lies in the cache beside the stock kernels and is laid out like them. Flavours:
# uml, the debug kernel, and kcsan.

built_is() {
	[[ $1 == *-uml-* || $1 == *-kcsan-* ]]
}

uml_is() {
	[[ $1 == *-uml-* ]]
}

# The source of the stock kernel that the headers belong to.
built_source() {
	dpkg-query -W -f '${Version}\n' "linux-headers-$(KDIR='' kernel_release)"
}

# built_release FLAVOUR
built_release() {
	local vm source
	vm=$(dirname "${BASH_SOURCE[0]}")
	source=$(built_source) || return
	echo "${source%-*}-$1-$(
		{
			echo "$source"
			cat "$vm/guest.config" "$vm/build-kernel" "$vm/build-$1"*
			gcc --version
		} | sha256sum | cut -c 1-8)"
}

# Print the folder of such a kernel; build it if need be, progress on stderr.
built_fetch() {
	local release=$1 dir=$ipvs_cache/kernel-$1 valid vm flavour
	vm=$(dirname "${BASH_SOURCE[0]}")
	valid=$dir/lib/modules/$release/modules.dep
	flavour=${release#*-} flavour=${flavour%-*}
	if [ ! -f "$valid" ]; then
		mkdir -p "$ipvs_cache" || return
		(
			flock 9
			[ -f "$valid" ] || "$vm/build-kernel" "$flavour" "$(built_source)" "$release" "$dir" >&2
		) 9>"$ipvs_cache/lock-$flavour" || return
	fi
	echo "$dir"
}

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Which kernel the guest boots and what it needs: functions for tests/vm/boot.

# The guest does not know the host's links.
ipvs_cache=$(realpath -m "${IPVS_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/ipvs}")

# Headers the guest's modules are built with: KDIR, else those of the running
# kernel, else the newest ones. Only Debian's generic flavour will do, since the
# others lack 9p.
kernel_headers() {
	local running
	running=/usr/src/linux-headers-$(uname -r)
	if [ -n "${KDIR-}" ]; then
		echo "$KDIR"
	elif [ -f "$running/Makefile" ] && [[ $running =~ [0-9]-amd64$ ]]; then
		echo "$running"
	else
		printf '%s\n' /usr/src/linux-headers-*[0-9]-amd64 | sort -V | tail -n 1
	fi
}

kernel_release() {
	sed -n 's/^#define UTS_RELEASE "\(.*\)"/\1/p' \
		"$(kernel_headers)/include/generated/utsrelease.h" 2>/dev/null
}

# Print the folder with boot/ and lib/modules/ of a release; get it if need be.
kernel_fetch() {
	local release=$1 dir=$ipvs_cache/kernel-$1 tmp
	if [ ! -f "$dir/lib/modules/$release/modules.dep" ]; then
		mkdir -p "$ipvs_cache" || return
		(
			flock 9
			[ -f "$dir/lib/modules/$release/modules.dep" ] && exit
			tmp=$(mktemp -d "$ipvs_cache/tmp.XXXXXX") || exit
			trap 'rm -rf "$tmp"' EXIT
			chmod 755 "$tmp"
			mkdir "$tmp/deb" "$tmp/root"
			echo "fetching the stock kernel $release" >&2
			(cd "$tmp/deb" && apt_download "linux-image-$release-unsigned") >&2 || exit
			dpkg-deb -x "$tmp"/deb/*.deb "$tmp/root" || exit
			depmod -b "$tmp/root" "$release" || exit
			rm -rf "$dir"
			mv "$tmp/root" "$dir"
		) 9>"$ipvs_cache/lock" || return
	fi
	echo "$dir"
}

# apt runs the download as another user, who cannot enter a private folder.
apt_download() {
	apt-get -q -o APT::Sandbox::User=root download "$1" ||
		{ apt-get -q update && apt-get -q -o APT::Sandbox::User=root download "$1"; }
}

cpio_of() {
	(cd "$1" && find . | busybox cpio -o -H newc 2>/dev/null)
}

# Print the path of the initramfs that reaches the host's files.
kernel_initramfs() {
	local release=$1 root=$ipvs_cache/kernel-$1 vm image tree module path needed=()
	vm=$(dirname "${BASH_SOURCE[0]}")
	image=$ipvs_cache/initramfs-$release-$(cat "$vm/initramfs-init" "$vm/kernel.sh" /bin/busybox |
		sha256sum | cut -c 1-12)
	if [ ! -f "$image" ]; then
		tree=$(mktemp -d "$ipvs_cache/tmp.XXXXXX") || return
		mkdir "$tree/bin" "$tree/modules"
		cp /bin/busybox "$tree/bin/"
		cp "$vm/initramfs-init" "$tree/init"
		chmod 755 "$tree/init"
		# What is built for the tests has it built in.
		built_is "$release" ||
			needed=(virtio_pci 9pnet_virtio 9p overlay virtio_console virtio_rng)
		for module in "${needed[@]}"; do
			modprobe -d "$root" -S "$release" --show-depends "$module"
		done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$tree/list"
		while read -r path; do
			cp "$path" "$tree/modules/"
			basename "$path"
		done <"$tree/list" >"$tree/modules/order"
		[ "$(wc -l <"$tree/modules/order")" -ge "${#needed[@]}" ] && cpio_of "$tree" >"$tree.cpio" &&
			mv "$tree.cpio" "$image"
		rm -rf "$tree" "$tree.cpio"
	fi
	[ -f "$image" ] && echo "$image"
}

# Print a folder with our modules in updates/ and the indices of depmod that
# cover both them and the kernel's own. A folder in use by a guest is never
# touched: another build gets another name, the last few are kept.
kernel_stage() {
	local release=$1 clone=$2 kernel=$ipvs_cache/kernel-$1 vm=$2/build/vm
	local dir stage tmp=$vm/stage.$$
	kernel_modules "$clone" >&2 || return
	stage=$vm/stage-$release-$(xargs cat <"$clone/build/modules-$release/kernel/modules.order" |
		sha256sum | cut -c 1-12)
	if [ ! -f "$stage/lib/modules/$release/modules.dep" ]; then
		rm -rf "$tmp"
		dir=$tmp/lib/modules/$release
		mkdir -p "$dir"
		ln -s "$kernel/lib/modules/$release/kernel" "$dir/kernel"
		cp "$kernel/lib/modules/$release"/modules.{order,builtin,builtin.modinfo} "$dir/"
		kernel_modules "$clone" _install INSTALL_MOD_PATH="$tmp" >/dev/null &&
			depmod -b "$tmp" "$release" && rm "$dir/kernel" || return
		mv -T "$tmp" "$stage" 2>/dev/null || rm -rf "$tmp"
		find "$vm" -maxdepth 1 -name 'stage-*' -printf '%T@ %p\n' | sort -rn |
			sed -n '9,$s/^[^ ]* //p' | xargs -r rm -rf
	fi
	echo "$stage/lib/modules/$release"
}

# One at a time: machines that begin together share the folder.
kernel_modules() {
	mkdir -p "$1/build"
	flock "$1/build/modules.lock" make -s -C "$1" "modules${2-}" KDIR="$(kernel_headers)" "${@:3}"
}

# Print kvm or tcg. A /dev/kvm may be there and hang with a stock kernel, so it
# must have booted one within a deadline; the answer is kept until the next boot
# of the host.
kernel_accel() {
	local release=$1 icount=$2 note
	[ -n "$icount" ] && echo tcg && return
	[ -n "${IPVS_ACCEL-}" ] && echo "$IPVS_ACCEL" && return
	[ -w /dev/kvm ] || { echo tcg; return; }
	note=$ipvs_cache/accel-$(cat /proc/sys/kernel/random/boot_id)
	[ -s "$note" ] || {
		rm -f "$ipvs_cache"/accel-*
		if kernel_probe_kvm "$release"; then echo kvm; else echo tcg; fi >"$note"
	}
	cat "$note"
}

kernel_probe_kvm() {
	local release=$1 dir
	dir=$(mktemp -d "${TMPDIR:-/tmp}/ipvs-vm.XXXXXX") || return
	mkdir -p "$dir/job/job"
	echo PROBE=1 >"$dir/job/job/paths"
	cpio_of "$dir/job" | cat "$(kernel_initramfs "$release")" - >"$dir/initramfs"
	{
		timeout -k 1 15 qemu-system-x86_64 -machine q35,accel=kvm -cpu host \
			-m 512 -smp 2 -nodefaults -no-user-config -display none -no-reboot \
			-chardev "file,id=console,path=$dir/console" -serial chardev:console \
			-kernel "$ipvs_cache/kernel-$release/boot/vmlinuz-$release" \
			-initrd "$dir/initramfs" -append "console=ttyS0 panic=-1"
	} </dev/null >/dev/null 2>&1
	grep -q 'probe reached user space' "$dir/console" 2>/dev/null
	local status=$?
	rm -rf "$dir"
	return "$status"
}

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Words for the tests of FTP: vsftpd on every real server, whose name is in its
# file "who"; the other files are on all of them.

ftp_file() {
	head -c "$2" /dev/urandom >"$TMPDIR/ftp/$1"
	chmod 644 "$TMPDIR/ftp/$1"
}

# serve_ftp [LINE...]: with more lines of configuration.
serve_ftp() {
	local number six=NO
	[ "$FAMILY" = 4 ] || six=YES
	mkdir -p "$TMPDIR/ftp" "$TMPDIR/empty" "$TMPDIR/got"
	chmod 755 "$TMPDIR" "$TMPDIR/ftp" "$TMPDIR/empty"
	for number in $(seq "$REALS"); do
		{
			printf '%s\n' background=NO anonymous_enable=YES no_anon_password=YES \
				"anon_root=$TMPDIR/ftp" "secure_chroot_dir=$TMPDIR/empty" \
				connect_from_port_20=YES seccomp_sandbox=NO isolate=NO \
				isolate_network=NO "ftpd_banner=real$number"
			[ "$six" = YES ] && echo listen=NO && echo listen_ipv6=YES || echo listen=YES
			printf '%s\n' "$@"
		} >"$TMPDIR/vsftpd$number"
		background "real$number" vsftpd "$TMPDIR/vsftpd$number"
	done
	for number in $(seq "$REALS"); do
		wait_listen "real$number" tcp 21
	done
}

# fetch OPTION...: files by curl over one control connection.
fetch() {
	rm -f "$TMPDIR"/got/*
	client curl -sS --max-time 60 "$@" "ftp://$VIP/file[1-2]" -o "$TMPDIR/got/file#1" \
		"ftp://$VIP/$long" -o "$TMPDIR/got/$long" &&
		diff -r "$TMPDIR/ftp" "$TMPDIR/got"
}
long=$(printf 'name%.0s' {1..40})

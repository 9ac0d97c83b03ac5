#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# FTP by NAT, with a real server and a real client: passive and active, by the old
# commands and the new, many transfers over one control connection, whose sequence
# numbers shift with each address that is rewritten.
. "$(dirname "$0")/lib.sh"

topology 2
check 'the helper' modprobe ip_vs_ftp
mkdir -p "$TMPDIR/ftp" "$TMPDIR/empty" "$TMPDIR/got"
chmod 755 "$TMPDIR" "$TMPDIR/ftp" "$TMPDIR/empty"
for number in 1 2 3 4 5; do
	head -c 200000 /dev/urandom >"$TMPDIR/ftp/file$number"
done
long=$(printf 'name%.0s' {1..50})
echo long >"$TMPDIR/ftp/$long"
chmod 644 "$TMPDIR"/ftp/*
for number in 1 2; do
	cat >"$TMPDIR/vsftpd$number" <<-END
		listen=YES
		background=NO
		anonymous_enable=YES
		no_anon_password=YES
		anon_root=$TMPDIR/ftp
		secure_chroot_dir=$TMPDIR/empty
		connect_from_port_20=YES
		seccomp_sandbox=NO
		isolate=NO
		isolate_network=NO
	END
	background "real$number" vsftpd "$TMPDIR/vsftpd$number"
done
wait_listen real1 tcp 21
wait_listen real2 tcp 21
ipvs -R <<END
-A -t $VIP:21 -s rr
-a -t $VIP:21 -r 10.0.2.11:21 -m
-a -t $VIP:21 -r 10.0.2.12:21 -m
END

wanted=$(cat "$TMPDIR"/ftp/file? | sha256sum)
# five OPTION...: five files and one of a long name over one connection
five() {
	rm -f "$TMPDIR"/got/*
	client curl -sS --max-time 60 "$@" "ftp://$VIP/file[1-5]" -o "$TMPDIR/got/#1" \
		"ftp://$VIP/$long" -o "$TMPDIR/got/long" || return
	[ "$(cat "$TMPDIR"/got/[1-5] | sha256sum)" = "$wanted" ] && [ "$(cat "$TMPDIR/got/long")" = long ]
}
check 'PASV' five --disable-epsv
check 'EPSV' five
check 'PORT' five --ftp-port - --disable-eprt
check 'EPRT' five --ftp-port -
check 'lists between transfers' client lftp -c "set net:timeout 20; set net:max-retries 1
	set ftp:prefer-epsv no; set ftp:passive-mode on; open $VIP
	cls; cls; get file1 -o $TMPDIR/got/a; cls; set ftp:passive-mode off; cls
	get file2 -o $TMPDIR/got/b; cls"
check 'the first is whole' cmp "$TMPDIR/ftp/file1" "$TMPDIR/got/a"
check 'the second is whole' cmp "$TMPDIR/ftp/file2" "$TMPDIR/got/b"
awk '$1 == "TCP" && $2 == 21 && $4 == "ftp" { found = 1 } END { exit !found }' \
	<(director cat /proc/net/ip_vs_app) || fail "/proc/net/ip_vs_app: $(director cat /proc/net/ip_vs_app)"

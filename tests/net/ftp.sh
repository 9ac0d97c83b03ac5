#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# FTP by NAT, with real servers and real clients: passive and active, by the old
# commands and the new, transfers over one control connection, whose sequence
# numbers shift with each address that is rewritten.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_ftp.sh"

topology 2
check 'the helper' modprobe ip_vs_ftp
serve_ftp
ftp_file file1 200000
ftp_file file2 20000
ftp_file "$long" 10
ipvs -R <<END
-A -t $VIP:21 -s rr
-a -t $VIP:21 -r $(real_address 1):21 -m
-a -t $VIP:21 -r $(real_address 2):21 -m
END

if [ "$FAMILY" = 4 ]; then
	check 'PASV' fetch --disable-epsv
	check 'PORT' fetch --ftp-port - --disable-eprt
fi
check 'EPSV' fetch
check 'EPRT' fetch --ftp-port -
rm "$TMPDIR"/got/*
check 'lists between transfers' client lftp -c "set net:timeout 20; set net:max-retries 1
	set ftp:prefer-epsv no; set ftp:passive-mode on; open ftp://$VIP
	cls; get file1 -o $TMPDIR/got/file1; set ftp:passive-mode off; cls
	get file2 -o $TMPDIR/got/file2; get $long -o $TMPDIR/got/$long"
check 'they are whole' diff -r "$TMPDIR/ftp" "$TMPDIR/got"
app() { director awk '$1 == "TCP" && $2 == 21 { print $4 }' /proc/net/ip_vs_app; }
equal '/proc/net/ip_vs_app' ftp "$(app)"

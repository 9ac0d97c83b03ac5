#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A control connection of FTP by NAT, whose sequence numbers the director has
# shifted already, when the director is cut off: the backup goes on where it was,
# and shifts further.
. "$(dirname "$0")/lib_takeover.sh"
. "$(dirname "$0")/lib_ftp.sh"

topology 1 backup
check 'the helper' modprobe ip_vs_ftp
serve_ftp
ip -n real1 route replace default via $GATEWAY
ip -n director address add $GATEWAY/32 dev back
service -t $VIP:21 -s rr -- -m 21
ftp_file file 200000
start_daemons --syncid 0
mkfifo "$TMPDIR/commands"
"$enter" client lftp <"$TMPDIR/commands" >"$TMPDIR/lftp" 2>&1 &
lftp=$!
exec 9>"$TMPDIR/commands"

# transfer NAME: a list and a file.
transfer() {
	echo "cls; get file -o $TMPDIR/got/$1" >&9
	check "transfer $1" until_true 30 cmp "$TMPDIR/ftp/file" "$TMPDIR/got/$1"
}
cat >&9 <<END
set net:timeout 30
set net:max-retries 1
set net:reconnect-interval-base 1000
set ftp:prefer-epsv no
open ftp://$VIP
END
transfer one
transfer two
control() { client ss -Htn state established dst "$VIP:21" | awk '{ print $3 }'; }
port=$(control)
equal 'control connections' 1 "$(wc -l <<<"$port")"
knows backup 1 "TCP ESTABLISHED $port $VIP:21"
move director backup
transfer three
transfer four
equal 'it is still the same' "$port" "$(control)"
echo exit >&9
exec 9>&-
wait "$lftp"
equal 'exit status of lftp' 0 $?

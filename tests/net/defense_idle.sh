#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# drop_entry ends what has been idle for a minute after few packets: after one all, after
# eight every eighth time, after more none; and templates without connections, unless one
# of these has been established.
# kernel: debug, whose time passes at once where nobody uses it
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -g
-A -t $VIP:80 -s rr -p 900
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
ipvs --set 0 0 900
for ((i = 1; i <= 40; i++)); do
	echo "send client udp 10.9.1.$i:1000 > $VIP:53"
	echo "for 1 8 send client udp 10.9.8.$i:1000 > $VIP:53 size=%"
	echo "for 1 9 send client udp 10.9.9.$i:1000 > $VIP:53 size=%"
	echo "send client tcp 10.9.2.$i:1000 > $VIP:80 flags=S"
done >"$TMPDIR/script"
wire <<END
$(cat "$TMPDIR/script")
send client tcp 10.9.3.1:1000 > $VIP:80 flags=S
send server tcp 10.0.2.11:80 > 10.9.3.1:1000 flags=SA
send client tcp 10.9.3.1:1000 > $VIP:80 flags=A
conn director TCP 10.9.3.1:1000 $VIP:80 10.0.2.11:80 ESTABLISHED
send client tcp 10.9.3.1:1000 > $VIP:80 flags=R
END
# left NET: of its clients.
left() {
	connections "10\.9\.$1\."
}
sleep 70
for net in 1 8 9 2; do
	equal "of 10.9.$net" 40 "$(left $net)"
done
director sysctl -qw net.ipv4.vs.drop_entry=3
sleep 60
director sysctl -qw net.ipv4.vs.drop_entry=0
note "left: $(left 1), $(left 8), $(left 9), $(left 2), $(left 3)"
check 'most are ended after one packet' [ "$(left 1)" -lt 20 ]
check 'few after eight' [ "$(left 8)" -gt 20 ]
equal 'none after nine' 40 "$(left 9)"
check 'most templates of half open ones are ended' [ "$(left 2)" -lt 20 ]
equal 'that of an established one is not' 1 "$(left 3)"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# FTP by NAT with conntrack on: what is of no entry is not let through, and what
# is of one is not invalid for the numbers that are shifted.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_ftp.sh"

topology 1
check 'the helper' modprobe ip_vs_ftp
serve_ftp
ftp_file file1 200000
ftp_file file2 20000
ftp_file "$long" 10
check 'tracking on' director sh -c 'echo 1 >/proc/sys/net/ipv4/vs/conntrack'
director nft -f - <<END
table ip watch {
	chain in {
		type filter hook input priority 0; policy accept
		ct state invalid drop
	}
	chain through {
		type filter hook forward priority 0; policy drop
		ct state established accept
		ip saddr 10.0.2.11 tcp sport 20 ct state new accept
	}
}
END
ipvs -R <<END
-A -t $VIP:21 -s rr
-a -t $VIP:21 -r 10.0.2.11:21 -m
END
check 'PASV' fetch --disable-epsv
check 'PORT' fetch --ftp-port - --disable-eprt

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A firewall on the director lets in control connections of FTP, to which it has
# given conntrack's helper, and else what is related to them: data come, whether
# other connections are tracked (sysctl conntrack) or not.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_ftp.sh"

topology 1
check 'the helper' modprobe ip_vs_ftp
serve_ftp
ftp_file file1 20000
ftp_file file2 20000
ftp_file "$long" 10
ipvs -R <<END
-A -t $VIP:21 -s rr
-a -t $VIP:21 -r $(real_address 1):21 -m
END
check 'the wall' director nft -f - <<'END'
table inet wall {
	ct helper standard {
		type "ftp" protocol tcp
	}
	chain early {
		type filter hook prerouting priority -150
		tcp dport 21 ct helper set "standard"
	}
	chain in {
		type filter hook input priority 0; policy drop
		ct state established,related accept
		tcp dport 21 accept
		meta l4proto ipv6-icmp accept
	}
	chain through {
		type filter hook forward priority 0; policy drop
		ct state established,related accept
		meta l4proto ipv6-icmp accept
	}
}
END

for track in 0 1; do
	director sh -c "echo $track >/proc/sys/net/ipv4/vs/conntrack"
	if [ "$FAMILY" = 4 ]; then
		check "$track: PASV" fetch --disable-epsv
		check "$track: PORT" fetch --ftp-port - --disable-eprt
	fi
	check "$track: EPSV" fetch
	check "$track: EPRT" fetch --ftp-port -
done
check 'no helper' director nft flush chain inet wall early
refuse 'data of who has no helper' client curl -sS --max-time 2 "ftp://$VIP/file1" -o /dev/null

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A client that opens again with a tuple of which conntrack still has an entry:
# the entry ends, a server is chosen anew, and the packet is not lost. (The in-tree
# module drops it.)
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:80 -s rr
-a -t $VIP:80 -r 10.0.2.11:80 -m
END
check 'tracking on' director sh -c 'echo 1 >/proc/sys/net/ipv4/vs/conntrack'
director nft add table ip watch
if [ -n "${HELPER-}" ]; then
	director nft -f - <<-END
		table ip watch {
			ct helper standard {
				type "ftp" protocol tcp
			}
			chain early {
				type filter hook prerouting priority -150
				tcp dport 80 ct helper set "standard"
			}
		}
	END
fi
director nft 'add chain ip watch in { type filter hook prerouting priority 0; ct state established accept; }'
wire <<END
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S seq=100
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 flags=S
send server tcp 10.0.2.11:80 > 10.9.0.1:1000 flags=SA seq=500 ack=101
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=SA
send client tcp 10.9.0.1:1000 > $VIP:80 flags=A seq=101 ack=501
expect server tcp 10.9.0.1:1000 > 10.0.2.11:80 flags=A
# outside of conntrack's window: the end to us, not to conntrack
send client tcp 10.9.0.1:1000 > $VIP:80 flags=R seq=1000000000
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.11:80 CLOSE
until director ESTABLISHED_src=10.9.0.1_dst=${VIP}_sport=1000_dport=80_src=10.0.2.11 conntrack -L
run director $IPVSADM -a -t $VIP:80 -r 10.0.2.12:80 -m
run director $IPVSADM -e -t $VIP:80 -r 10.0.2.11:80 -m -w 0
clear server
send client tcp 10.9.0.1:1000 > $VIP:80 flags=S seq=7000
END
if [ -n "${IN_TREE-}${HELPER-}" ]; then
	wire <<-END
		quiet server tcp 10.9.0.1:1000 > 10.0.2.12:80
		send client tcp 10.9.0.1:1000 > $VIP:80 flags=S seq=7000
	END
fi
wire <<END
until director SYN.SENT_src=10.9.0.1_dst=${VIP}_sport=1000_dport=80_\[UNREPLIED\]_src=10.0.2.12 conntrack -L
send server tcp 10.0.2.12:80 > 10.9.0.1:1000 flags=SA seq=900 ack=7001
expect client tcp $VIP:80 > 10.9.0.1:1000 flags=SA seq=900
conn director TCP 10.9.0.1:1000 $VIP:80 10.0.2.12:80 SYN_RECV
END
equal 'entries' 1 "$(director conntrack -L 2>/dev/null | grep -c dport=80)"
[ -z "${HELPER-}" ] ||
	equal 'entries with the helper' 1 "$(director conntrack -L 2>/dev/null | grep -c helper=ftp)"

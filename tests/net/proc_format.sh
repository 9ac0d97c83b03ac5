#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# /proc/net/ip_vs and its kin, character by character as the in-tree module
# writes them.
# cpus: 2
. "$(dirname "$0")/lib.sh"

# same FILE [FILTER...] <WANTED
same() {
	local file=$1
	shift
	if [ $# -gt 0 ]; then "$@" <"/proc/net/$file"; else cat "/proc/net/$file"; fi >"$TMPDIR/got"
	diff -u - "$TMPDIR/got" || fail "$file: wanted -, got +"
	note "ok: $file"
}

ip link set lo up
ip link add wire type dummy
ip address add 10.0.0.1/24 dev wire
ip link set wire up
ip neighbour add 10.0.0.2 lladdr 02:00:00:00:00:02 dev wire
cat >"$TMPDIR/rules" <<END
-A -u 10.0.0.1:53 -s rr
-a -u 10.0.0.1:53 -r 10.0.0.2:53 -g -w 3
-A -u 10.0.0.1:54 -s wlc -p 300 -M 255.255.255.0
-a -u 10.0.0.1:54 -r 10.0.0.2:54 -i -w 1000000
-A -t 10.0.0.1:80 -s wrr
-a -t 10.0.0.1:80 -r 10.0.0.2:8080 -m -w 0
-A -u 10.0.0.1:99 -s lc -o
-A -f 171 -s rr -o
-A -f 172 -s rr -p 60
-A -t [fd00::1]:80 -s rr
-a -t [fd00::1]:80 -r [fd00::2]:81 -m -w 7
END
check 'rules' "$IPVSADM" -R <"$TMPDIR/rules"
exec 3<>/dev/udp/10.0.0.1/53 4<>/dev/udp/10.0.0.1/54
echo question >&3
echo question >&4
port=$(ss -Hun dst 10.0.0.1:53 | awk '{ sub(/.*:/, "", $3); printf "%04X", $3 }')
port4=$(ss -Hun dst 10.0.0.1:54 | awk '{ sub(/.*:/, "", $3); printf "%04X", $3 }')

# the order of services is nobody's business
by_service() {
	tail -n +4 | awk '/^  ->/ { block = block "\f" $0; next } { if (block) print block; block = $0 }
		END { print block }' | sort | tr '\f' '\n'
}

equal 'the head of ip_vs' 'IP Virtual Server version 1.2.1 (size=N)' \
	"$(sed -n '1s/size=[0-9]*/size=N/p' /proc/net/ip_vs)"
same ip_vs sed -n 2,3p <<END
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
END
same ip_vs by_service <<END
FWM  000000AB rr ops 
FWM  000000AC rr persistent $((60 * HZ)) FFFFFFFF
TCP  0A000001:0050 wrr  
  -> 0A000002:1F90      Masq    0      0          0         
TCP  [fd00:0000:0000:0000:0000:0000:0000:0001]:0050 rr 
  -> [fd00:0000:0000:0000:0000:0000:0000:0002]:0051      Masq    7      0          0         
UDP  0A000001:0035 rr  
  -> 0A000002:0035      Route   3      0          1         
UDP  0A000001:0036 wlc  persistent $((300 * HZ)) FFFFFF00
  -> 0A000002:0036      Tunnel  1000000 0          1         
UDP  0A000001:0063 lc ops  
END

ages() {
	sed '1!s/ [ 0-9]\{7\}$/ AGE/' | sort
}
same ip_vs_conn ages <<END
$(sort <<-LINES
Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData
UDP 0A000001 $port 0A000001 0035 0A000002 0035 UDP         AGE
UDP 0A000001 $port4 0A000001 0036 0A000002 0036 UDP         AGE
UDP 0A000000 0000 0A000001 0036 0A000002 0036 NONE        AGE
LINES
)
END
same ip_vs_conn_sync ages <<END
$(sort <<-LINES
Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Origin Expires
UDP 0A000001 $port 0A000001 0035 0A000002 0035 UDP         LOCAL  AGE
UDP 0A000001 $port4 0A000001 0036 0A000002 0036 UDP         LOCAL  AGE
UDP 0A000000 0000 0A000001 0036 0A000002 0036 NONE        LOCAL  AGE
LINES
)
END
left=$(awk '$5 == "0035" { print $9; exit }' /proc/net/ip_vs_conn)
[ "$left" -gt 280 ] && [ "$left" -le 300 ] || fail "$left of 300 s left"

counted() {
	[ "$(awk 'NR == 3 { print $2 }' /proc/net/ip_vs_stats)" = 2 ]
}
until_true 10 counted || fail 'two packets are not counted'
same ip_vs_stats head -n 3 <<END
   Total Incoming Outgoing         Incoming         Outgoing
   Conns  Packets  Packets            Bytes            Bytes
       2        2        0               4A                0
END
same ip_vs_stats sed -n 4,5p <<END

 Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s
END
cpus=$(nproc)
same ip_vs_stats_percpu sed "3,$((2 + cpus))d;\$d" <<END
       Total Incoming Outgoing         Incoming         Outgoing
CPU    Conns  Packets  Packets            Bytes            Bytes
  ~        2        2        0               4A                0

     Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s
END
equal 'CPUs' "$(printf '%3d\n' $(seq 0 $((cpus - 1))))" "$(sed -n 's/^\(  [0-9]\) .*/\1/p' /proc/net/ip_vs_stats_percpu)"
equal 'length of their lines' "$(yes 64 | head -n "$cpus")" \
	"$(sed -n "3,$((2 + cpus))p" /proc/net/ip_vs_stats_percpu | awk '{ print length }')"

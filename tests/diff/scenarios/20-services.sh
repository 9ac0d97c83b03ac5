# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Kinds of services, and knobs: which server, which connection, which refusal.

persistence() {
	setup persistent <<-'END'
		-A -t @v:80 -s rr -p 100
		-a -t @v:80 -r @r:8080 -m
		-a -t @v:80 -r @s:8080 -m
		-A -t @v:81 -s rr -p 20
		-a -t @v:81 -r @r:8181 -m
		-a -t @v:81 -r @s:8181 -m
		-A -u @v:53 -s rr -p 60
		-a -u @v:53 -r @r:5353 -m
		-a -u @v:53 -r @s:5353 -m
		-A -t @v:0 -s rr -p 60
		-a -t @v:0 -r @t:0 -m
	END
	scenario same-server <<-'END'
		front tcp @c:1000 > @v:80 flags=S
		front tcp @c:1001 > @v:80 flags=S
		front udp @c:1001 > @v:53
		front udp @c:1002 > @v:53
		back udp @s:5353 > @c:1001
	END
	scenario template-outlives <<-'END'
		front tcp @c:1000 > @v:80 flags=S
		pause 30
		front tcp @c:1001 > @v:80 flags=S
		pause 80
		front tcp @c:1002 > @v:80 flags=S
		pause 118
		front tcp @c:1003 > @v:80 flags=S
	END
	scenario template-lingers <<-'END'
		front tcp @c:1000 > @v:81 flags=S
		pause 70
		front tcp @c:1001 > @v:81 flags=S
		pause 98
		front tcp @c:1002 > @v:81 flags=S
	END
	scenario any-port <<-'END'
		front tcp @c:1000 > @v:8000 flags=S
		front tcp @c:1000 > @v:8001 flags=S
		back tcp @t:8000 > @c:1000 flags=SA
		front tcp @c:1000 > @v:0 flags=S
		front udp @c:1000 > @v:8000
	END
	scenario server-removed <<-'END'
		front tcp @c:1000 > @v:80 flags=S
		run ipvsadm -e -t @v:80 -r @s:8080 -m -w 0
		front tcp @c:1001 > @v:80 flags=S
		front tcp @c:1002 > @v:80 flags=S
		sysctl net/ipv4/vs/expire_quiescent_template 1
		front tcp @c:1003 > @v:80 flags=S
		front tcp @c:1004 > @v:80 flags=S
	END
}

marks() {
	local protocol=ip six=''
	[ "$family" = 4 ] || protocol=ip6 six=-6
	setup marks <<-END
		-A -f 7 $six -s rr
		-a -f 7 $six -r @r:0 -g
		-A -f 8 $six -s rr
		-a -f 8 $six -r @s:8080 -m
		-A -f 9 $six -s rr -p 60
		-a -f 9 $six -r @t:0 -m
		-A -f 10 $six -s rr
	END
	scenario marks <<-END
		run nft add table $protocol marks
		run nft add chain $protocol marks before '{ type filter hook prerouting priority mangle; }'
		run nft add rule $protocol marks before tcp dport '{ 80, 443 }' meta mark set 7
		run nft add rule $protocol marks before udp dport 53 meta mark set 7
		run nft add rule $protocol marks before tcp dport 81 meta mark set 8
		run nft add rule $protocol marks before tcp dport 82 meta mark set 9
		run nft add rule $protocol marks before udp dport 83 meta mark set 10
		front tcp @c:1000 > @v:80 flags=S
		front tcp @c:1000 > @v:443 flags=S
		front udp @c:1000 > @v:53 size=3
		front tcp @c:1000 > @v:81 flags=S
		back tcp @s:8080 > @c:1000 flags=SA
		front tcp @c:1000 > @v:82 flags=S
		front tcp @c:1000 > @v:84 flags=S
		back tcp @t:82 > @c:1000 flags=SA
	END
	scenario no-server <<-'END'
		front udp @c:1000 > @v:83
		front udp @c:1000 > @x:83
		sysctl net/ipv4/vs/cache_bypass 1
		front udp @c:1000 > @v:83
		front udp @c:1000 > @x:83
		sysctl net/ipv4/vs/cache_bypass 0
	END
	scenario bypass <<-'END'
		run for f in 4 6; do ip -$f rule add fwmark 10 lookup 100; done
		run for f in 4 6; do ip -$f route add local default dev lo table 100; done
		front udp @c:1000 > @x:83 size=3
		sysctl net/ipv4/vs/cache_bypass 1
		front udp @c:1000 > @x:83 size=3
		front udp @c:1000 > @x:83 size=3
		back udp @x:83 > @c:1000 size=3
		front udp @c:1000 > @v:83 size=3
	END
}

others() {
	setup others <<-'END'
		-A -u @v:53 -s rr -o
		-a -u @v:53 -r @r:5353 -m
		-a -u @v:53 -r @s:5353 -m
		-A -t @v:80 -s rr
		-A -u @v:54 -s rr
		-a -u @v:54 -r @t:54 -m -w 0
		-A -t @v:90 -s rr
		-a -t @v:90 -r @r:9090 -m -x 2 -y 1
		-A -t @v:91 -s wlc
		-a -t @v:91 -r @r:9191 -m -w 1
		-a -t @v:91 -r @s:9191 -m -w 2
		-A -t @v:92 -s wrr
		-a -t @v:92 -r @r:9292 -g -w 1
		-a -t @v:92 -r @s:9292 -i -w 3
		-A -t @v:93 -s lc
		-a -t @v:93 -r @r:9393 -m -w 1
		-a -t @v:93 -r @s:9393 -m -w 2
	END
	scenario one-packet <<-'END'
		front udp @c:1000 > @v:53 size=3
		front udp @c:1000 > @v:53 size=3
		front udp @c:1000 > @v:53 size=3
		back udp @r:5353 > @c:1000 size=3
		front @icmp @c > @v @unreach / udp @v:53 > @c:1000 size=30
		back @icmp @r > @c @unreach / udp @c:1000 > @r:5353 size=30
	END
	scenario nobody <<-'END'
		front tcp @c:1000 > @v:80 flags=S
		front tcp @c:1000 > @v:80 flags=A
		front udp @c:1000 > @v:54 size=100
		front udp @c:1000 > @v:54 size=2000 frag=0+1000
		front udp @c:1000 > @v:54 size=2000 frag=1000+all
	END
	scenario threshold <<-'END'
		front tcp @c:1000 > @v:90 flags=S
		front tcp @c:1001 > @v:90 flags=S
		front tcp @c:1002 > @v:90 flags=S
		front tcp @c:1000 > @v:90 flags=RA
		front tcp @c:1003 > @v:90 flags=S
		pause 12
		front tcp @c:1004 > @v:90 flags=S
		pause 62
		front tcp @c:1005 > @v:90 flags=S
	END
	for port in 91 92 93; do
		scenario "shares-$port" <<-END
			front tcp @c:1000 > @v:$port flags=S
			front tcp @c:1001 > @v:$port flags=S
			front tcp @c:1002 > @v:$port flags=S
			front tcp @c:1003 > @v:$port flags=S
			front tcp @c:1004 > @v:$port flags=S
			front tcp @c:1005 > @v:$port flags=S
		END
	done
	scenario sloppy <<-'END'
		sysctl net/ipv4/vs/sloppy_tcp 1
		front tcp @c:1000 > @v:91 flags=A
		front tcp @c:1001 > @v:91 flags=R
		front tcp @c:1002 > @v:91 flags=FA
		front tcp @c:1003 > @v:91 flags=SA
		sysctl net/ipv4/vs/sloppy_tcp 0
	END
	scenario removed <<-'END'
		front tcp @c:1000 > @v:91 flags=S
		front tcp @c:1001 > @v:91 flags=S
		run ipvsadm -d -t @v:91 -r @s:9191
		front tcp @c:1000 > @v:91 flags=A
		front tcp @c:1001 > @v:91 flags=A
		back tcp @s:9191 > @c:1000 flags=SA
		back tcp @s:9191 > @c:1001 flags=SA
		sysctl net/ipv4/vs/expire_nodest_conn 1
		front tcp @c:1000 > @v:91 flags=A
		front tcp @c:1001 > @v:91 flags=A
		front tcp @c:1000 > @v:91 flags=S
		front tcp @c:1001 > @v:91 flags=S
		sysctl net/ipv4/vs/expire_nodest_conn 0
		run ipvsadm -a -t @v:91 -r @s:9191 -m -w 2
	END
	scenario quiescent <<-'END'
		front tcp @c:1000 > @v:93 flags=S
		front tcp @c:1001 > @v:93 flags=S
		run ipvsadm -e -t @v:93 -r @r:9393 -m -w 0
		run ipvsadm -e -t @v:93 -r @s:9393 -m -w 0
		front tcp @c:1000 > @v:93 flags=A
		front tcp @c:1002 > @v:93 flags=S
		sysctl net/ipv4/vs/expire_nodest_conn 1
		front tcp @c:1000 > @v:93 flags=S
		sysctl net/ipv4/vs/expire_nodest_conn 0
	END
	for mode in 0 1 2; do
		scenario "reuse-$mode" <<-END
			sysctl net/ipv4/vs/conn_reuse_mode $mode
			front tcp @c:1000 > @v:92 flags=S
			front tcp @c:1001 > @v:92 flags=S
			front tcp @c:1000 > @v:92 flags=A
			front tcp @c:1000 > @v:92 flags=FA
			front tcp @c:1000 > @v:92 flags=S
			front tcp @c:1001 > @v:92 flags=R
			front tcp @c:1001 > @v:92 flags=S
			front tcp @c:1002 > @v:91 flags=S
			front tcp @c:1002 > @v:91 flags=R
			front tcp @c:1002 > @v:91 flags=S
			front tcp @c:1002 > @v:91 flags=S
		END
	done
}

knobs() {
	setup knobs <<-'END'
		-A -t @v:80 -s rr
		-a -t @v:80 -r @r:8080 -m
		-A -u @v:53 -s rr
		-a -u @v:53 -r @r:5353 -m
		-A -u @v:54 -s rr
		-a -u @v:54 -r @s:54 -g
		-A -u @v:55 -s rr
		-a -u @v:55 -r @t:55 -i
		-A -u @v:56 -s rr
	END
	scenario nat-icmp-send <<-'END'
		back udp @r:5353 > @c:1000 size=30
		back tcp @r:8080 > @c:1000 flags=A
		sysctl net/ipv4/vs/nat_icmp_send 1
		back udp @r:5353 > @c:1000 size=30
		back tcp @r:8080 > @c:1000 flags=A
		back tcp @r:8080 > @c:1000 flags=RA
		back tcp @r:8081 > @c:1000 flags=A
		back udp @r:5353 > @v:1000 size=30
		back udp @r:5353 > @b:1000 size=30
		sysctl net/ipv4/vs/nat_icmp_send 0
	END
	scenario nat-icmp-send-own <<-END
		sysctl net/ipv4/vs/nat_icmp_send 1
		run timeout 3 socat -u UDP$family-RECV:1000,bind=@b OPEN:/dev/null &
		back udp @r:5353 > @b:1000 size=30
		back tcp @r:8080 > @b:1000 flags=A
		back udp @r:5354 > @b:1000 size=30
		pause 4
		sysctl net/ipv4/vs/nat_icmp_send 0
	END
	scenario schedule-icmp <<-'END'
		sysctl net/ipv4/vs/schedule_icmp 1
		front @icmp @c > @v @unreach / udp @v:53 > @c:1000 size=30
		front @icmp @c > @v @unreach / tcp @v:80 > @c:1000 flags=A
		front @icmp @f > @v @big mtu=1300 / udp @v:54 > @c:1000 size=1400
		front @icmp @f > @v @big mtu=1300 / udp @v:55 > @c:1000 size=1400
		front @icmp @c > @v @unreach / udp @v:56 > @c:1000 size=30
		front @icmp @c > @v @unreach / udp @v:57 > @c:1000 size=30
		front @icmp @c > @v @unreach / sctp @v:57 > @c:1000
		front @icmp @c > @v @unreach sum=bad / udp @v:53 > @c:1001 size=30
		front @icmp @c > @x @unreach / udp @x:53 > @c:1001 size=30
		sysctl net/ipv4/vs/schedule_icmp 0
	END
	scenario ignore-tunneled <<-'END'
		front @in @c > @v / tcp @c:1000 > @v:80 flags=S
		sysctl net/ipv4/vs/ignore_tunneled 1
		front @in @c > @v / tcp @c:1000 > @v:80 flags=S
		front 99 @c > @v size=30
		sysctl net/ipv4/vs/ignore_tunneled 0
	END
	scenario pmtu-disc <<-'END'
		front udp @c:1000 > @v:55 size=1450 df=1
		sysctl net/ipv4/vs/pmtu_disc 0
		front udp @c:1000 > @v:55 size=1450 df=1
		front udp @c:1000 > @v:55 size=100 df=1
		sysctl net/ipv4/vs/pmtu_disc 1
	END
	scenario timeouts <<-'END'
		run ipvsadm --set 100 30 20
		front tcp @c:1000 > @v:80 flags=S
		back tcp @r:8080 > @c:1000 flags=SA
		front tcp @c:1000 > @v:80 flags=A
		front udp @c:1000 > @v:53
		front tcp @c:1001 > @v:80 flags=S
		back tcp @r:8080 > @c:1001 flags=SA
		front tcp @c:1001 > @v:80 flags=A
		back tcp @r:8080 > @c:1001 flags=FA
		run ipvsadm --set 900 120 300
	END
	scenario backup-only <<-'END'
		sysctl net/ipv4/vs/backup_only 1
		front udp @c:1000 > @v:53
		sysctl net/ipv4/vs/backup_only 0
	END
}

for family in 4 6; do
	persistence
	marks
	others
	knobs
done

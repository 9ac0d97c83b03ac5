# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every forwarding method sees the same: what clients, servers, routers and
# strangers send, whole and damaged.

tcp_of_clients() {
	scenario tcp-life <<-'END'
		front tcp @c:1000 > @v:80 flags=S mss=1400 tos=4 id=7
		back tcp @r:8080 > @c:1000 flags=SA mss=1460 id=8
		front tcp @c:1000 > @v:80 flags=A
		front tcp @c:1000 > @v:80 flags=PA size=100 seq=2
		back tcp @r:8080 > @c:1000 flags=PA size=1400 tos=8
		front tcp @c:1000 > @v:80 flags=FA seq=102
		back tcp @r:8080 > @c:1000 flags=FA
		front tcp @c:1000 > @v:80 flags=A
	END
	scenario tcp-half <<-'END'
		front tcp @c:1000 > @v:80 flags=S
		front tcp @c:1000 > @v:80 flags=S
		front tcp @c:1000 > @v:80 flags=A
		front tcp @c:1000 > @v:80 flags=FA
	END
	scenario tcp-reset <<-'END'
		front tcp @c:1000 > @v:80 flags=S
		back tcp @r:8080 > @c:1000 flags=SA
		front tcp @c:1000 > @v:80 flags=A
		front tcp @c:1000 > @v:80 flags=RA
		front tcp @c:1000 > @v:80 flags=PA size=9
		front tcp @c:1001 > @v:80 flags=S
		back tcp @r:8080 > @c:1001 flags=RA
	END
	scenario tcp-again <<-'END'
		front tcp @c:1000 > @v:80 flags=S
		back tcp @r:8080 > @c:1000 flags=SA
		front tcp @c:1000 > @v:80 flags=A
		front tcp @c:1000 > @v:80 flags=FA
		back tcp @r:8080 > @c:1000 flags=FA
		front tcp @c:1000 > @v:80 flags=A
		front tcp @c:1000 > @v:80 flags=S
	END
	scenario tcp-nobody <<-'END'
		front tcp @c:1000 > @v:80 flags=A
		front tcp @c:1000 > @v:80 flags=R
		front tcp @c:1000 > @v:80 flags=SA
		front tcp @c:1001 > @v:80 flags=FSRPAU
		front tcp @c:1002 > @v:80
		front tcp @c:1003 > @v:81 flags=S
		front tcp @c:20 > @v:80 flags=S
		front tcp @c:0 > @v:80 flags=S
	END
	scenario tcp-expires <<-'END'
		front tcp @c:1000 > @v:80 flags=S
		pause 58
		front tcp @c:1001 > @v:80 flags=S
		pause 10
		front tcp @c:1000 > @v:80 flags=A
	END
}

udp_of_clients() {
	local udp=03e80035000c000061626364 # from port 1000 to 53
	scenario udp <<-'END'
		front udp @c:1000 > @v:53 size=30 tos=184 id=9
		back udp @r:5353 > @c:1000 size=300 id=10
		front udp @c:1000 > @v:53 size=1
		front udp @c:1000 > @v:53 size=1452
		front udp @c:1000 > @v:54 size=1
	END
	scenario udp-sums <<-'END'
		front udp @c:1000 > @v:53 size=30 sum=zero
		back udp @r:5353 > @c:1000 size=31 sum=zero
		front udp @c:1000 > @v:53 size=33 sum=bad
		back udp @r:5353 > @c:1000 size=33 sum=bad
		front tcp @c:1000 > @v:80 flags=S sum=bad
		back tcp @r:8080 > @c:1000 flags=SA sum=bad
	END
	scenario udp-expires <<-'END'
		front udp @c:1000 > @v:53
		pause 298
		back udp @r:5353 > @c:1000
		pause 298
		front udp @c:1000 > @v:53
		pause 310
		back udp @r:5353 > @c:1000
	END
	scenario sctp <<-'END'
		front sctp @c:1000 > @v:90 chunk=init
		back sctp @r:9090 > @c:1000 chunk=init-ack
		front sctp @c:1000 > @v:90 chunk=cookie-echo+data size=20
		back sctp @r:9090 > @c:1000 chunk=cookie-ack
		front sctp @c:1000 > @v:90 chunk=data size=100 sum=bad
		back sctp @r:9090 > @c:1000 chunk=sack
		front sctp @c:1000 > @v:90 chunk=shutdown
		back sctp @r:9090 > @c:1000 chunk=shutdown-ack
		front sctp @c:1000 > @v:90 chunk=shutdown-complete
		front sctp @c:1001 > @v:90 chunk=data
		front sctp @c:1001 > @v:90 chunk=abort
	END
	scenario ipsec <<-'END'
		front esp @c > @v size=100
		front udp @c:500 > @v:500 size=100
		front esp @c > @v size=100
		back udp @r:500 > @c:500 size=100
		back esp @r > @c size=100
	END
	scenario ipsec-ah <<-END
		front ah @c > @v hex=$udp
		front udp @c:500 > @v:500 size=100
		front ah @c > @v hex=$udp
		back ah @r > @c hex=$udp
	END
}

errors() {
	scenario errors-of-routers <<-'END'
		front udp @c:1000 > @v:53 size=30
		back @icmp @g > @c @time / udp @c:1000 > @r:5353 size=30 ttl=1
		back @icmp @r > @c @unreach / udp @c:1000 > @r:5353 size=30 ttl=60
		back @icmp @g > @c @big mtu=1300 / udp @c:1000 > @r:5353 size=1400 ttl=60
		back @icmp @g > @c @time quote=28 / udp @c:1000 > @r:5353 size=30
		back @icmp @g > @c type=5 code=1 / udp @c:1000 > @r:5353 size=30
		back @icmp @g > @c type=12 code=0 / udp @c:1000 > @r:5353 size=30
		back @icmp @g > @c type=4 code=0 / udp @c:1000 > @r:5353 size=30
		back @icmp @g > @c @time / udp @c:1001 > @r:5353 size=30
		back @icmp @g > @c @unreach / udp @v:53 > @c:1000 size=30
	END
	scenario errors-of-clients <<-'END'
		front udp @c:1000 > @v:53 size=30
		front @icmp @c > @v @unreach / udp @v:53 > @c:1000 size=30
		front @icmp @f > @v @time / udp @v:53 > @c:1000 size=30
		front @icmp @f > @v @big mtu=1200 / udp @v:53 > @c:1000 size=1400 df=1
		front @icmp @f > @v type=5 code=1 / udp @v:53 > @c:1000 size=30
		front @icmp @c > @v @unreach / udp @v:53 > @c:1001 size=30
		front @icmp @c > @r @unreach / udp @r:5353 > @c:1000 size=30
		front @icmp @c > @v @unreach / tcp @v:80 > @c:1000 flags=A
	END
	scenario errors-damaged <<-'END'
		front udp @c:1000 > @v:53 size=30
		back @icmp @r > @c @unreach sum=bad / udp @c:1000 > @r:5353 size=30
		back @icmp @r > @c @unreach / udp @c:1000 > @r:5353 size=30 sum=bad
		back @icmp @r > @c @unreach / udp @c:1000 > @r:5353 size=30 sum=zero
		back @icmp @r > @c @unreach / udp @c:1000 > @r:5353 size=30 ipsum=bad
		back @icmp @r > @c @unreach / udp @c:1000 > @r:5353 size=30 opt=01010101
		back @icmp @r > @c @unreach / udp @c:1000 > @r:5353 size=1000 off=8
		front @icmp @c > @v @unreach sum=bad / udp @v:53 > @c:1000 size=30
		front @icmp @c > @v @unreach / udp @v:53 > @c:1000 size=30 ipsum=bad
		front @icmp @c > @v @unreach quote=24 / udp @v:53 > @c:1000 size=30
		front @icmp @c > @v @unreach quote=16 / udp @v:53 > @c:1000 size=30
		front @icmp @c > @v @unreach cut=26 / udp @v:53 > @c:1000 size=30
	END
	scenario echo <<-'END'
		front @icmp @c > @v @echo eid=3 eseq=4 size=20
		front @icmp @c > @r @echo eid=3 eseq=4 size=20
		back @icmp @r > @c @reply eid=3 eseq=4 size=20
		back @icmp @r > @v @echo eid=3 eseq=5 size=20
	END
}

headers() {
	scenario ttl <<-'END'
		front udp @c:1000 > @v:53 ttl=64
		front udp @c:1000 > @v:53 ttl=2
		front udp @c:1000 > @v:53 ttl=1
		front udp @c:1000 > @v:53 ttl=0
		back udp @r:5353 > @c:1000 ttl=2
		back udp @r:5353 > @c:1000 ttl=1
		back udp @r:5353 > @c:1000 ttl=0
		front udp @c:1001 > @v:53 ttl=1
	END
	scenario tos <<-'END'
		front udp @c:1000 > @v:53 tos=1
		front udp @c:1000 > @v:53 tos=2
		front udp @c:1000 > @v:53 tos=3
		front udp @c:1000 > @v:53 tos=255 df=1
		back udp @r:5353 > @c:1000 tos=187 df=1
	END
	scenario fragments <<-'END'
		front udp @c:1000 > @v:53 size=2000 id=21 frag=0+1000
		front udp @c:1000 > @v:53 size=2000 id=21 frag=1000+all
		front udp @c:1000 > @v:53 size=2000 id=22 frag=1000+all
		front udp @c:1000 > @v:53 size=2000 id=22 frag=0+1000
		front udp @c:1000 > @v:53 size=2000 id=23 frag=0+1000
		front udp @c:1000 > @v:53 size=2000 id=23 frag=0+1000
		front udp @c:1000 > @v:53 size=2000 id=23 frag=1000+all
		front udp @c:1000 > @v:53 size=2000 id=24 frag=0+1000
		front udp @c:1000 > @v:53 size=2000 id=24 frag=992+all
		back udp @r:5353 > @c:1000 size=2000 id=25 frag=0+1000
		back udp @r:5353 > @c:1000 size=2000 id=25 frag=1000+all
		pause 70
	END
	scenario fragments-alone <<-'END'
		front udp @c:1000 > @v:53
		front udp @c:1000 > @v:53 size=2000 id=31 frag=0+1000
		pause 70
		front udp @c:1000 > @v:53 size=2000 id=32 frag=1000+all
		pause 70
	END
	scenario truncated <<-'END'
		front udp @c:1000 > @v:53 size=30 cut=40
		front udp @c:1000 > @v:53 size=30 udplen=20
		front udp @c:1000 > @v:53 size=30 udplen=60
		front udp @c:1000 > @v:53 size=30 udplen=0
		front tcp @c:1000 > @v:80 flags=S doff=15
		front tcp @c:1001 > @v:80 flags=S doff=4
		front tcp @c:1002 > @v:80 flags=S size=20 totlen=45
		front tcp @c:1003 > @v:80 flags=S ipsum=bad
		front tcp @c:1004 > @v:80 flags=S version=5
		front tcp @c:1005 > @v:80 flags=S tcpopt=020405b40402080a0000000100000000
	END
	scenario widths <<-'END'
		front udp @c:1000 > @v:53 size=1440 df=1
		front udp @c:1000 > @v:53 size=1452 df=1
		run ip link set back mtu 1300
		front udp @c:1000 > @v:53 size=1452 df=1
		front udp @c:1000 > @v:53 size=1452
		front udp @c:1000 > @v:53 size=1200
		run ip link set back mtu 1500
	END
	scenario bystanders <<-'END'
		front tcp @c:1000 > @r:8080 flags=S
		back tcp @r:8080 > @c:1000 flags=SA
		front udp @c:1000 > @x:53 size=30 sum=bad
		back udp @x:53 > @c:1000 size=30 sum=zero
		front udp @c:1000 > @d:53 size=30
		front tcp @v:80 > @v:80 flags=S
		front udp @v:53 > @c:1000
		back udp @c:1000 > @v:53 size=3
		front 99 @c > @v size=30
		front 99 @c > @x size=30
	END
}

# What stands between the IP header and the rest of the packet: for the stack alone.
options4() {
	local option of
	while read -r of option; do
		scenario "options-$of" <<-END
			front udp @c:1000 > @v:53 size=30 opt=$option
			front udp @c:1000 > @v:53 size=30 opt=$option
			back udp @r:5353 > @c:1000 size=30 opt=$option
			front tcp @c:1000 > @v:80 flags=S opt=$option df=1
			front udp @c:1000 > @x:53 size=30 opt=$option
			front icmp @c > @v @unreach opt=$option / udp @v:53 > @c:1000 size=30
			back icmp @g > @c @time opt=$option / udp @c:1000 > @r:5353 size=30
		END
	done <<-END
		nop 01010100
		end 00000000
		rest-behind-end 00070704
		record-route 070b040000000000000000
		record-route-full 07070801020304
		time-full 440409f0
		loose-route 8307040a0002fe
		loose-route-over 8307080a0002fe
		strict-route 8907040a0002fe
		strict-route-over 8907080a0002fe
		router-alert 94040000
		security 820b0000000000000000004d
		commercial-security 86060000000a
		unknown-copied 9e04abcd
		unknown 1e04abcd
		all-room 012701010101010101010101010101010101010101010101010101010101010101010101010101
		length-zero 0700
		length-one 4401
		too-long 07ff04000000
		pointer-too-small 070b030000000000000000
		pointer-odd 070b050000000000000000
	END
}

options6() {
	local extension
	for extension in hbh dst rt hbh+dst hbh+dst+rt+dst dst+dst; do
		scenario "options-$extension" <<-END
			front udp @c:1000 > @v:53 size=30 ext=$extension
			front udp @c:1000 > @v:53 size=30
			back udp @r:5353 > @c:1000 size=30 ext=$extension
			front tcp @c:1000 > @v:80 flags=S ext=$extension
			front sctp @c:1000 > @v:90 chunk=init ext=$extension
			front udp @c:1000 > @x:53 size=30 ext=$extension
			front @icmp @c > @v @unreach ext=$extension / udp @v:53 > @c:1000 size=30
			front @icmp @c > @v @unreach / udp @v:53 > @c:1000 size=30 ext=$extension
			back @icmp @g > @c @time ext=$extension / udp @c:1000 > @r:5353 size=30
			back @icmp @g > @c @time / udp @c:1000 > @r:5353 size=30 ext=$extension
			front udp @c:1001 > @v:53 size=2000 id=41 frag=0+1000 ext=$extension
			front udp @c:1001 > @v:53 size=2000 id=41 frag=1000+all ext=$extension
		END
	done
}

# Errors of routers on a tunnel's way, about its own packets.
errors_of_tunnels() {
	local outer
	setup "way-$1" <<-END
		-A -t @v:80 -s rr
		-a -t @v:80 -r @R:80 $2
		-A -u @v:53 -s rr
		-a -u @v:53 -r @R:53 $2
	END
	case $1 in
	*ipip) outer='@IN @B > @R' ;;
	*gue) outer='udp @B:5555 > @R:6080 gue=1 sum=zero' ;;
	*gre) outer='gre @B > @R grecsum=1' ;;
	esac
	scenario errors-of-tunnels <<-END
		sysctl net/ipv4/icmp_ratelimit 0
		sysctl net/ipv6/icmp/ratelimit 0
		front udp @c:1000 > @v:53 size=30
		front tcp @c:1000 > @v:80 flags=S
		back @ICMP @G > @B @UNREACH quote=128 / $outer / udp @c:1000 > @v:53 size=30
		back @ICMP @G > @B @TIME quote=128 / $outer / udp @c:1000 > @v:53 size=30
		back @ICMP @G > @B @UNREACH quote=128 / $outer / tcp @c:1000 > @v:80 flags=S
		back @ICMP @G > @B @UNREACH quote=128 / $outer / udp @c:1001 > @v:53 size=30
		back @ICMP @G > @B @UNREACH quote=128 sum=bad / $outer / udp @c:1000 > @v:53 size=30
		back @ICMP @G > @B @UNREACH quote=60 / $outer / udp @c:1000 > @v:53 size=30
		back @ICMP @G > @B @UNREACH quote=28 / $outer / udp @c:1000 > @v:53 size=30
		back @ICMP @G > @B @BIG mtu=1400 quote=128 / $outer df=1 / udp @c:1000 > @v:53 size=1420 df=1
		front udp @c:1000 > @v:53 size=1420 df=1
		front udp @c:1000 > @v:53 size=1300 df=1
	END
}

# Clients on the director itself.
own_clients() {
	scenario own-clients <<-'END'
		run echo question | socat -u - UDP:@v:53,sourceport=1000
		back udp @r:5353 > @d:1000 size=9
		back udp @r:5353 > @v:1000 size=9
		run echo question | socat -u - UDP:@v:53,sourceport=1000,bind=@b
		back udp @r:5353 > @b:1000 size=9
		back @icmp @r > @b @unreach / udp @b:1000 > @r:5353 size=9
		back @icmp @g > @v @time / udp @v:1000 > @r:5353 size=9
		run echo question | socat -u - UDP:@v:54,sourceport=1000
		run echo question | socat -u - UDP:@r:53,sourceport=1000
	END
}

# What is said of packets that keep the virtual address: by all methods but NAT.
errors_of_servers() {
	scenario errors-of-servers <<-'END'
		front udp @c:1000 > @v:53 size=30
		back @icmp @g > @c @time / udp @c:1000 > @v:53 size=30 ttl=1
		back @icmp @r > @c @unreach / udp @c:1000 > @v:53 size=30
		back @icmp @g > @c @big mtu=1300 / udp @c:1000 > @v:53 size=1400
		back @icmp @g > @c @time sum=bad / udp @c:1000 > @v:53 size=30
		back @icmp @g > @c @time / udp @c:1001 > @v:53 size=30
	END
}

# Checksums and segments that are left to the device, and devices that do not make them.
# offloads [PORT-OF-TCP PORT-OF-UDP]
offloads() {
	local state begin=''
	for state in on off; do
		scenario "offloads-$state" <<-END
			$begin
			front tcp @c:1000 > @v:80 flags=S csum=partial
			back tcp @r:${1-80} > @c:1000 flags=SA csum=partial
			front tcp @c:1000 > @v:80 flags=PA size=4000 csum=partial gso=1300 tos=3
			back tcp @r:${1-80} > @c:1000 flags=PA size=4000 csum=partial gso=1300 df=1
			front tcp @c:1000 > @v:80 flags=PA size=4000 csum=partial gso=1440 df=1
			front udp @c:1000 > @v:53 size=30 csum=partial
			back udp @r:${2-53} > @c:1000 size=30 csum=partial
			front udp @c:1000 > @v:53 size=1440 csum=partial
		END
		begin='run for d in front back; do ethtool -K $d tx off tso off gso off >/dev/null; done'
	done
}

# rules METHOD [PORT...]: one server each for TCP, UDP, key exchange and SCTP.
rules() {
	cat <<-END
		-A -t @v:80 -s rr
		-a -t @v:80 -r @R:${2-80} $1
		-A -u @v:53 -s rr
		-a -u @v:53 -r @R:${3-53} $1
		-A -u @v:500 -s rr
		-a -u @v:500 -r @R:500 $1
		-A --sctp-service @v:90 -s rr
		-a --sctp-service @v:90 -r @R:${4-90} $1
	END
}

# Longer ones than a router sends.
errors_in_fragments() {
	scenario errors-in-fragments <<-END
		front udp @c:1000 > @v:53 size=300
		back @icmp @g > @c @time id=51 frag=0+48 / udp @c:1000 > $1 size=300
		back @icmp @g > @c @time id=51 frag=48+all / udp @c:1000 > $1 size=300
		back @icmp @r > @c @unreach id=52 frag=0+48 / udp @c:1000 > $1 size=300
		back @icmp @r > @c @unreach id=52 frag=48+all / udp @c:1000 > $1 size=300
		front @icmp @c > @v @unreach id=53 frag=0+48 / udp @v:53 > @c:1000 size=300
		front @icmp @c > @v @unreach id=53 frag=48+all / udp @v:53 > @c:1000 size=300
	END
}

# Other checksums of tunnels: sums NAME TYPE
sums() {
	setup "$1" < <(rules "-i --tun-type $2")
	offloads
}

methods() {
	local method=$1 option=$2
	shift
	setup "$method" < <(rules "$@")
	tcp_of_clients
	udp_of_clients
	errors
	headers
	mutate 200
	"options$family"
	own_clients
	errors_of_servers
	errors_in_fragments "$([ "$method" = nat ] && echo @r:5353 || echo @v:53)"
	offloads "${@:2}"
	[[ $option != -i* ]] || errors_of_tunnels "$method" "$option"
}

for family in 4 6; do
	methods nat -m 8080 5353 9090
	methods dr -g
	methods ipip -i
	methods gue '-i --tun-type gue --tun-port 6080'
	methods gre '-i --tun-type gre --tun-csum'
	sums gue-csum 'gue --tun-port 6080 --tun-csum'
	sums gue-remcsum 'gue --tun-port 6080 --tun-remcsum'
	sums gre-plain gre
done

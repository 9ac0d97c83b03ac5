# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the stack does with a client's packet before it is a service's, changed while the
# client is being served, over lib_lab.sh. UDP by NAT at port 53, DR at 54, TUN at 55; TCP by
# NAT at port 80.
#
# These words make a script for input_wire. Each step has packets of a length of its own, so
# that one look at the end finds those of any step that should not have come.
. "$(dirname "${BASH_SOURCE[0]}")/lib_lab.sh"

server=$(host 2 11) other_server=$(host 2 12)
good=$(away 9 1)
step=20
# The ports of the script by which clients' packets and answers are sent.
door=client back_door=server

input_lab() {
	lab
	ipvs -R <<-END || fail 'configuration'
		-A -u $VIP:53 -s rr
		-a -u $VIP:53 -r $server:9053 -m
		-A -u $VIP:54 -s rr
		-a -u $VIP:54 -r $server:54 -g
		-A -u $VIP:55 -s rr
		-a -u $VIP:55 -r $server:55 -i
		-A -t $VIP:80 -s rr
		-a -t $VIP:80 -r $server:8080 -m
	END
}

# sent CLIENT [FIELD...]: of a connection that there may be, and of a new one. Those of TCP
# are established from the second segment on.
sent() {
	local client=$1
	shift
	step=$((step + 1))
	echo "for 53 55 send $door udp $client:1000 > $VIP:% size=$step $*"
	echo "for 53 55 send $door udp $client:$((1000 + step)) > $VIP:% size=$step $*"
	echo "send $door tcp $client:1000 > $VIP:80 flags=S size=$step $*"
	echo "send $door tcp $client:1000 > $VIP:80 flags=A size=$step $*"
}

served() {
	local port
	sent "$@"
	for port in 1000 $((1000 + step)); do
		cat <<-END
			expect server udp $1:$port > $server:9053 size=$step
			expect server udp $1:$port > $VIP:54 size=$step
			expect server $ipip * > $(bare "$server") / udp $1:$port > $VIP:55 size=$step
		END
	done
	echo "expect server tcp $1:1000 > $server:8080 flags=S size=$step"
	echo "expect server tcp $1:1000 > $server:8080 flags=A size=$step"
}

# answers CLIENT [FIELD...]: what the server says by NAT; answered: it passes.
answers() {
	local client=$1
	shift
	step=$((step + 1))
	echo "send $back_door udp $server:9053 > $client:1000 size=$step $*"
}

answered() {
	answers "$@"
	echo "expect client udp $VIP:53 > $1:1000 size=$step ttl=63"
}

# past [PORT]: what has been sent has been dealt with, for this passes by all services.
past() {
	cat <<-END
		send ${1-client} udp $(away 9 99):7 > $other_server:7 size=$step
		expect server udp $(away 9 99):7 > $other_server:7 size=$step
	END
}

unserved() {
	sent "$@"
	past
}

# told CLIENT ICMP: not served, but told. (IPv4 says it once a second to each.)
told() {
	sent "$1"
	echo "expect client $icmp * > $(bare "$1") $2 / udp $1:1000 > $VIP:53 size=$step"
	past
}

# passed_on CLIENT PORT: the packets leave as those of any other address do, by that port.
passed_on() {
	local port
	sent "$1"
	for port in 1000 $((1000 + step)); do
		echo "for 53 55 expect $2 udp $1:$port > $VIP:% size=$step ttl=63"
	done
	echo "expect $2 tcp $1:1000 > $VIP:80 flags=S size=$step ttl=63"
	echo "expect $2 tcp $1:1000 > $VIP:80 flags=A size=$step ttl=63"
	past
}

# unanswered CLIENT [FIELD...]: not passed, while all are being served.
unanswered() {
	answers "$@"
	served "$good"
}

director_does() {
	echo "run director $*"
}

director_has() {
	echo "sysctl director net/$1 $2"
}

# input_wire <SCRIPT: nothing comes to servers and clients but what it expects.
input_wire() {
	{
		cat <<-END
			sysctl director net/ipv4/conf/front/send_redirects 0
			sysctl director net/ipv4/icmp_ratelimit 0
			sysctl director net/ipv6/icmp/ratelimit 0
		END
		cat
		for protocol in udp tcp $ipip; do
			echo "quiet server $protocol * > *"
		done
		echo 'quiet client udp * > *'
		echo 'quiet client tcp * > *'
	} | wire
}

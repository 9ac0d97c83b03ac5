# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Outer headers of tunnels in the language of lib_lab.sh, for the kinds of tunnels
# by number.
. "$(dirname "${BASH_SOURCE[0]}")/lib_lab.sh"

VIP6=fd00:1::100

# IPv6 beside the IPv4 of lab, by the same numbers: client fd00:1::10, director fd00:1::1 and
# fd00:2::1, clients are fd00:9::/64, servers fd00:2::11 to fd00:2::19 and fd00:8::/64.
lab_six() {
	local number
	{
		cat <<-END
			address add fd00:1::1/64 dev front nodad
			address add $VIP6/128 dev front nodad
			address add fd00:2::1/64 dev back nodad
			neighbour add fd00:1::10 lladdr 02:00:00:00:01:0a dev front
			neighbour add fd00:2::254 lladdr 02:00:00:00:02:0b dev back
			route add fd00:9::/64 via fd00:1::10
			route add fd00:8::/64 via fd00:2::254
		END
		for number in $(seq 11 19); do
			echo "neighbour add fd00:2::$number lladdr 02:00:00:00:02:0b dev back"
		done
	} | ip -n director -batch - || fail 'lab: director, IPv6'
	director sysctl -qw net.ipv6.conf.all.forwarding=1
}

kinds=(ipip 'gue --tun-port 6080' 'gue --tun-port 6080 --tun-csum'
	'gue --tun-port 6080 --tun-remcsum' gre 'gre --tun-csum')

# tunnels VIP SERVER PORT: the service of each kind is at PORT and its number, by
# TCP and UDP; "%" in the server's address is that number.
tunnels() {
	local vip=$1 server=$2 number protocol
	[[ $vip != *:* ]] || vip=[$vip]
	[[ $server != *:* ]] || server=[$server]
	for number in "${!kinds[@]}"; do
		for protocol in t u; do
			echo "-A -$protocol $vip:$(($3 + number)) -s rr"
			echo "-a -$protocol $vip:$(($3 + number)) -r ${server/\%/$number}:9 -i --tun-type ${kinds[number]}"
		done
	done | ipvs -R || fail 'configuration'
}

# Server 13 by all of them, from IPv4 to IPv4 at ports 50 to 55, then 4 to 6 at 60, 6 to 4
# at 70, 6 to 6 at 80.
lab_of_tunnels() {
	lab
	lab_six
	tunnels "$VIP" 10.0.2.13 50
	tunnels "$VIP" fd00:2::13 60
	tunnels "$VIP6" 10.0.2.13 70
	tunnels "$VIP6" fd00:2::13 80
}

# outer NUMBER FROM TO INNER FIELDS [START]: the layers before a packet of the
# family INNER (4, 6). START: its checksum is left to be made, from where and to
# where (four octets in hex), which remote checksum offload tells the server.
outer() {
	local from=$2 to=$3 protocol=04 ether=0800 plain=ipip
	[ "$4" = 4 ] || protocol=29 ether=86dd plain=ip6
	if [[ $from = *:* && $1 = [123] ]]; then
		from=[$from] to=[$to]
	fi
	case $1 in
	0) echo "$plain $from > $to $5" ;;
	1) echo "udp $from:* > $to:6080 $5 sum=zero gue=00${protocol}0000 gueopt=" ;;
	2) echo "udp $from:* > $to:6080 $5 sum=good gue=00${protocol}0000 gueopt=" ;;
	3)
		if [ -n "${6-}" ]; then
			echo "udp $from:* > $to:6080 $5 sum=good gue=02${protocol}0001 gueopt=80000000$6"
		else
			outer 2 "${@:2}"
		fi
		;;
	4) echo "gre $from > $to $5 gre=0000$ether" ;;
	5) echo "gre $from > $to $5 gre=8000$ether grecsum=good" ;;
	esac
}

# quoted NUMBER FROM TO INNER: the outer header as a router saw it.
quoted() {
	outer "$@" '' | sed 's/:\*/:5555/; s/gue=[^ ]* gueopt=/gue=1/; s/ gre=[^ ]*//; s/grecsum=good/grecsum=1/'
}

# overhead NUMBER OUTER: octets of the headers.
overhead() {
	local shim=(0 12 12 12 4 8)
	echo $(((($2) == 4 ? 20 : 40) + shim[$1]))
}

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Words for the tests of the data plane. One script tests one property; it runs
# in the virtual machine, in fresh network, mount and process namespaces, so that
# it need not clean up. `make net TEST=nat_tcp VERBOSE=1` shows each command.
#
#    client 10.0.1.10 --+              +-- director 10.0.2.1 (front 10.0.1.1)
#                       |   "switch"   +-- backup   10.0.2.2 (front 10.0.1.2)
#    front: 10.0.1.0/24 +-- .254  .254 +
#                       |              | back: 10.0.2.0/24
#    director 10.0.1.1 -+              +-- real1 10.0.2.11
#    backup   10.0.1.2 -+              +-- real2 10.0.2.12, ...
#
# Each name is a network namespace; directors have the interfaces "front" and
# "back", the client "front", real servers "back". "switch" holds the two bridges
# and also routes between them, which the way back of direct routing needs.
# The virtual address is 10.0.1.100, on the director.
#
# A test that says FAMILY=6 before it reads this file has fd00:1::10 for 10.0.1.10,
# fd00:2::11 for 10.0.2.11, and so on. Its addresses stand in brackets, so that
# "$VIP:80" is right for either family; `bare` takes them off.

set -u
[ -n "${IPVS_VM-}" ] || { echo "$0: runs in the virtual machine: make net" >&2; exit 1; }

FAMILY=${FAMILY-4}

# host NET NUMBER: 1 is the front network, 2 the back one.
host() {
	case $FAMILY in
	4) echo "10.0.$1.$2" ;;
	6) echo "[fd00:$1::$2]" ;;
	esac
}

bare() {
	tr -d '[]' <<<"$1"
}

# For grep.
pattern() {
	local text=${1//[/\\[}
	echo "${text//]/\\]}"
}

# Constants, so that shellcheck asks for no quotes around them.
VIP=10.0.1.100
CLIENT=10.0.1.10
for name in VIP:100 CLIENT:10; do
	printf -v "${name%:*}" %s "$(host 1 "${name#*:}")"
done
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if [ -z "${IPVSADM-}" ]; then
	IPVSADM=$top/build/ipvsadm/ipvsadm
	[ -n "${IN_TREE-}" ] && IPVSADM=$(command -v ipvsadm)
fi
enter=$top/build/net/enter
TMPDIR=${TMPDIR:-$(mktemp -d)}
# Ticks a second.
case $(</proc/sys/kernel/osrelease) in
*-uml-*) HZ=100 ;;
*) HZ=250 ;;
esac

# ---- saying and judging

note() {
	echo "$*"
}

fail() {
	echo "FAIL: $*"
	exit 1
}

at_exit() {
	local status=$? space
	[ $status -eq 0 ] || for space in director backup; do
		ip netns pids "$space" >/dev/null 2>&1 || continue
		echo "--- ipvsadm -Ln, -Lnc on $space"
		"$enter" "$space" "$IPVSADM" -Ln
		"$enter" "$space" "$IPVSADM" -Lnc | head -n 20
	done
	exit $status
}
trap at_exit EXIT

# check DESCRIPTION COMMAND...: the command must succeed.
check() {
	local what=$1
	shift
	"$@" || fail "$what (status $? of: $*)"
	note "ok: $what"
}

# refuse DESCRIPTION COMMAND...: the command must fail. Its output is in $refusal.
refuse() {
	local what=$1
	shift
	refusal=$("$@" 2>&1) && fail "$what: accepted: $*"
	note "ok: $what: $refusal"
}

# equal DESCRIPTION WANTED GOT
equal() {
	[ "$2" = "$3" ] || fail "$1: wanted '$2', got '$3'"
	note "ok: $1: $3"
}

# until_true SECONDS COMMAND...: poll until the command succeeds.
until_true() {
	local deadline=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -le "$deadline" ] || return 1
		sleep 0.05
	done
}

# until_equal SECONDS WANTED COMMAND...: poll until the command prints that.
until_equal() {
	local seconds=$1 wanted=$2
	shift 2
	prints() { [ "$("${@:2}")" = "$1" ]; }
	until_true "$seconds" prints "$wanted" "$@" ||
		fail "wanted '$wanted' within $seconds s, got '$("$@")' from: $*"
}

# ---- places

# on NAMESPACE COMMAND...
on() {
	[ -n "${VERBOSE-}" ] && echo "[$1] ${*:2}" >&2
	"$enter" "$@"
}

# background NAMESPACE COMMAND...: its process is $!.
background() {
	[ -n "${VERBOSE-}" ] && echo "[$1] ${*:2} &" >&2
	"$enter" "$@" >>"$TMPDIR/background" 2>&1 &
}

client() {
	on client "$@"
}

director() {
	on director "$@"
}

# What ipvsadm is told of a service by mark.
of_family=()
[ "$FAMILY" = 4 ] || of_family=(-6)

ipvs() {
	on director "$IPVSADM" "$@"
}

real_address() {
	host 2 $((10 + $1))
}

# network NET NUMBER, alone NET NUMBER: an address with the length of its network,
# or with its own, as iproute2 wants it.
network() {
	case $FAMILY in
	4) echo "10.0.$1.$2/24" ;;
	6) echo "fd00:$1::$2/64" ;;
	esac
}

alone() {
	case $FAMILY in
	4) echo "10.0.$1.$2/32" ;;
	6) echo "fd00:$1::$2/128" ;;
	esac
}

# What a namespace's sysctls start with is what this one has (see guest-net), so
# that a whole topology takes a handful of processes: they are dear here.
namespaces() {
	sysctl -qw net.ipv4.ip_forward="$1" net.ipv6.conf.all.forwarding="$1"
	printf 'netns add %s\n' "${@:2}" | ip -batch -
}

plug_lines() {
	echo "link set lo up
		link add $2 type veth peer name $2-$1 netns switch
		address add $3 dev $2
		link set $2 up"
}

director_lines() {
	plug_lines "$1" front "$(network 1 "$2")"
	plug_lines "$1" back "$(network 2 "$2")"
}

ip_lines() {
	ip -n "$1" -batch - || fail "cannot build the topology: $1"
}

# topology REALS [backup]: build the picture above with that many real servers,
# whose replies go through the director.
topology() {
	local number reals=()
	REALS=$1
	for number in $(seq "$REALS"); do
		reals+=("real$number")
	done
	namespaces 0 client "${reals[@]}"
	namespaces 1 switch director ${2:+"$2"}
	ip_lines switch <<-END
		link add front type bridge
		link add back type bridge
		address add $(network 1 254) dev front
		address add $(network 2 254) dev back
		link set front up
		link set back up
	END
	ip_lines client < <(plug_lines client front "$(network 1 10)"
		echo "route add default via $(bare "$(host 1 254)")")
	ip_lines director < <(director_lines director 1
		echo "address add $(alone 1 100) dev front")
	[ "${2-}" != backup ] || ip_lines backup < <(director_lines backup 2)
	for number in $(seq "$REALS"); do
		ip_lines "real$number" < <(
			plug_lines "real$number" back "$(network 2 $((10 + number)))"
			echo "route add default via $(bare "$(host 2 1)")")
	done
	ip -n switch -o link show type veth | sed 's/^[0-9]*: \([a-z]*\)-\([^@]*\)@.*/link set \1-\2 master \1 up/' |
		ip_lines switch
}

# Real servers answer the client themselves, in the name of the virtual address.
replies_direct() {
	local number
	for number in $(seq "$REALS"); do
		on "real$number" sh -c 'cd /proc/sys/net/ipv4/conf/all &&
			echo 1 >arp_ignore && echo 2 >arp_announce'
		ip_lines "real$number" <<-END
			address add $(alone 1 100) dev lo
			route replace default via $(bare "$(host 2 254)")
		END
	done
}

# The same, and they take packets out of IPIP.
replies_from_tunnel() {
	local number device=tunl0 kind=ipip
	[ "$FAMILY" = 4 ] || device=ip6tnl0 kind=ip6tnl
	replies_direct
	for number in $(seq "$REALS"); do
		ip -n "real$number" link add $device type $kind 2>/dev/null
		ip -n "real$number" link set $device up
	done
}

# replies_back NUMBER: that one's go through the director again.
replies_back() {
	ip_lines "real$1" <<-END
		address del $(alone 1 100) dev lo
		route replace default via $(bare "$(host 2 1)")
	END
}

# offloads on|off NAMESPACE INTERFACE...
offloads() {
	local state=$1
	shift
	while [ $# -gt 0 ]; do
		on "$1" ethtool -K "$2" tx "$state" tso "$state" gso "$state" gro "$state" \
			>/dev/null || fail "ethtool $1 $2"
		shift 2
	done
}

# ---- programs on the real servers

listens() {
	[ -n "$("$enter" "$1" ss -H -ln --"$2" "sport = :$3")" ]
}

# wait_listen NAMESPACE tcp|udp PORT
wait_listen() {
	until_true 60 listens "$@" || fail "nothing listens on $2 port $3 of $1"
}

# serve_http PORT: nginx on every real server, for both families; / says its name, and
# files come from $TMPDIR/www.
serve_http() {
	local number dir
	mkdir -p "$TMPDIR/www"
	chmod 755 "$TMPDIR" "$TMPDIR/www"
	for number in $(seq "$REALS"); do
		dir=$TMPDIR/nginx$number
		mkdir "$dir"
		cat >"$dir/conf" <<-END
			daemon off;
			user root;
			worker_processes 1;
			pid $dir/pid;
			error_log $dir/error;
			events { }
			http {
				access_log off;
				server {
					listen [::]:$1 ipv6only=off;
					root $TMPDIR/www;
					location = / { return 200 "real$number\n"; }
				}
			}
		END
		background "real$number" nginx -e "$dir/error" -p "$dir" -c "$dir/conf"
	done
	for number in $(seq "$REALS"); do
		wait_listen "real$number" tcp "$1"
	done
}

# serve_udp PORT: socat on every real server; a datagram is answered by its name.
serve_udp() {
	local number
	for number in $(seq "$REALS"); do
		background "real$number" socat -t 60 "UDP$FAMILY-RECVFROM:$1,fork" "SYSTEM:read -r _; echo real$number"
	done
	for number in $(seq "$REALS"); do
		wait_listen "real$number" udp "$1"
	done
}

# Who answers? Each prints the real server's name, or nothing.
get() {
	client curl -s --max-time 30 "http://$VIP:${1:-80}/"
}

ask_udp() {
	client timeout 30 bash -c "exec 3<>/dev/udp/$(bare "$VIP")/$1 &&
		echo question >&3 && head -n 1 <&3"
}

# spread COUNT COMMAND...: how often each server answered, as "real1=4 real2=2".
spread() {
	local count=$1 number
	shift
	for number in $(seq "$count"); do
		"$@" || echo none
	done | sort | uniq -c | awk '{ printf "%s%s=%d", separator, $2, $1; separator = " " }'
}

# ---- what the director counts

# dest_field REAL COLUMN [LIST OPTION...]: a column of the line of that server:
# forward is 1, weight 2, active 3, inactive 4; with --stats: connections 1,
# packets in 2, out 3, bytes in 4, out 5.
dest_field() {
	local address column=$2
	address=$(real_address "$1")
	shift 2
	ipvs -Ln --exact "$@" | awk -v dest="$address:" -v column="$column" \
		'$1 == "->" && index($2, dest) == 1 { print $(column + 2); exit }'
}

# connections [PATTERN]: how many lines of the connection table match.
connections() {
	ipvs -Lnc | tail -n +3 | grep -c -- "${1-}"
}

# received NAMESPACE INTERFACE: packets.
received() {
	on "$1" awk -v device="$2:" '$1 == device { print $3 }' /proc/net/dev
}

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Words for the tests of synchronisation: the topology of lib.sh with a backup,
# daemons on the interface "back".
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

programs=$top/build/net

backup() {
	on backup "$@"
}

ipvs_backup() {
	on backup "$IPVSADM" "$@"
}

# both ARGUMENT...: of ipvsadm, on both directors.
both() {
	check "director: $*" ipvs "$@"
	check "backup: $*" ipvs_backup "$@"
}

# service OPTION... -- METHOD PORT: a service with all real servers on both.
service() {
	local number which=()
	while [ "$1" != -- ]; do
		which+=("$1")
		shift
	done
	both -A "${which[@]}"
	for number in $(seq "$REALS"); do
		both -a "${which[@]:0:2}" -r "$(real_address "$number"):$3" "$2"
	done
}

# start_daemons [OPTION...]: a master on the director, a backup on the backup.
start_daemons() {
	check 'start the master' ipvs --start-daemon master --mcast-interface back "$@"
	check 'start the backup' ipvs_backup --start-daemon backup --mcast-interface back "$@"
}

# The roles of the daemons that run in that place.
daemons() {
	on "$1" "$IPVSADM" -L --daemon | sed 's/ .*//' | xargs
}

# entries PLACE [PATTERN]: "PROTOCOL STATE CLIENT VIRTUAL REAL", sorted.
entries() {
	on "$1" "$IPVSADM" -Lnc | awk -v pattern="${2-}" 'NR > 2 {
		line = $1 " " $3 " " $4 " " $5 " " $6
		if (line ~ pattern)
			print line
	}' | sort
}

count_entries() {
	entries "$@" | wc -l
}

# knows PLACE COUNT PATTERN: wait until that many entries match.
knows() {
	until_equal 20 "$2" count_entries "$1" "$3"
	note "ok: $1 has $2 of '$3'"
}

# The director's entries of that pattern, and the same on the backup.
same_entries() {
	until_equal 20 "$(entries director "$1")" entries backup "$1"
	note "ok: on both directors:"
	entries backup "$1"
}

# sync_counter PLACE NAME: as in `ipvsadm -L --daemon --stats`.
sync_counter() {
	on "$1" "$IPVSADM" -L --daemon --stats |
		awk -v name="$2" 'index($0, "  " name "  ") == 1 { print $NF }'
}

# hold PORT [FROM]: the client opens a connection, sends three packets and
# keeps it. Its process is $held.
hold() {
	background "${2:-client}" bash -c "exec 3<>/dev/tcp/$(bare "$VIP")/$1 || exit
		printf 'GET / HTTP/1.1\r\n' >&3
		exec sleep 1000"
	held=$!
}

# talk_udp PORT COUNT: so many datagrams from one port, each answered; who did.
talk_udp() {
	client timeout 60 bash -c "exec 3<>/dev/udp/$(bare "$VIP")/$1
		for ((i = 0; i < $2; i++)); do
			echo question >&3
			head -n 1 <&3
		done" | uniq
}

active() {
	on "$1" "$IPVSADM" -Ln | awk '$1 == "->" && NR > 3 { sum += $5 } END { print sum + 0 }'
}

# listen_sync PLACE [PORT]: what is said on the wire goes to $TMPDIR/wire.
listen_sync() {
	"$enter" "$1" "$programs/sync_listen" back "${2:-8848}" >"$TMPDIR/wire" 2>&1 &
	until_true 10 grep -q listening "$TMPDIR/wire" || fail 'nobody listens to the group'
}

heard() {
	grep -c -- "$1" "$TMPDIR/wire"
}

# sync_tcp METHOD [OPTION...]: one held connection by that method, from birth to
# end; the options are the daemons'.
sync_tcp() {
	service -t "$VIP:80" -s rr -- "$1" 80
	start_daemons --syncid 0 "${@:2}"
	hold 80
	knows director 1 'TCP ESTABLISHED'
	knows backup 1 'TCP ESTABLISHED'
	same_entries TCP
	until_equal 10 1 active backup
	note 'ok: it counts as active on the backup'
	kill "$held"
	knows director 0 ESTABLISHED
	knows backup 0 ESTABLISHED
	equal 'its end has arrived' 1 "$(count_entries backup "TCP [A-Z_]* .*$(bare "$CLIENT")")"
	until_equal 10 0 active backup
	note 'ok: it no longer counts as active'
}

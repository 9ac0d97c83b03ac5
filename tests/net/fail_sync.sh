#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Sync daemons without memory: what the master cannot put into a message or send,
# and what the backup cannot take, is lost and counted. Packets go their way, the
# threads stay, nothing is there by half, and with memory the backup hears of all.
# kernel: debug, for its failures on request
. "$(dirname "$0")/lib_lab.sh"
. "$(dirname "$0")/lib_fail.sh"

lab
backup() {
	on server "$IPVSADM" "$@"
}
ipvs -R <<END
-A -u $VIP:53 -s rr -p 10000
-a -u $VIP:53 -r 10.0.2.11:53 -m
END
check 'a master' ipvs --start-daemon master --mcast-interface back --syncid 7 --sync-maxlen 5000
check 'a backup' backup --start-daemon backup --mcast-interface back --syncid 7 --sync-maxlen 5000
check 'each packet is told' director sysctl -qw net.ipv4.vs.sync_threshold='0 1'
sender=$(thread ipvs-m) receiver=$(thread ipvs-b)
large_fail

# counters ipvs|backup MADE LOST: of the daemon there, as $made and $lost.
counters() {
	read -r made lost < <("$1" -L --daemon --stats | awk -v made="  $2  " -v lost="  $3  " '
		index($0, made) == 1 { n = $NF }
		index($0, lost) == 1 { print n, $NF }')
}
# packets CLIENT...: one of each, and it arrives.
packets() {
	printf '%s\n' "$@" | sed "s/.*/send client udp 10.9.0.&:1 > $VIP:53\nexpect server udp 10.9.0.&:1 > 10.0.2.11:53/"
}
# knows CLIENT COUNT: has the backup none, one or both of its template and its
# connection?
background server sleep 1000
table=/proc/$!/net/ip_vs_conn
knows() {
	local line client n=0
	printf -v client '0A09%04X' "$1"
	while read -r line; do
		[[ $line != "UDP $client "* ]] || n=$((n + 1))
	done <"$table"
	equal "of client $1 is known" "$2" $n
}

# No message can be begun.
wire <<END
run client $TMPDIR/no_large
$(packets 1 2 3)
run client $TMPDIR/large
END
counters ipvs 'messages sent' 'messages dropped, no memory'
equal 'dropped' 6 "$lost"
clients=(1 2 3)
for client in "${clients[@]}"; do
	knows "$client" 0
done
echo 0 >$faults/failslab/probability
echo N >$faults/failslab/cache-filter

# once N THREAD PLACE MADE LOST PARTS: the thread's N-th allocation fails while it deals
# with a new client's message, which is in so many PARTS. False: it has not so many.
once() {
	local client=$((${#clients[@]} + 1)) was_made=$made was_lost=$lost failed=0
	clients+=("$client")
	thread_fails "$2" "$1"
	wire < <(packets $client)
	sleep 4
	thread_failed "$2" || failed=$?
	thread_fails "$2" 0
	counters "$3" "$4" "$5"
	equal "allocation $1: lost $((lost - was_lost)), parts" "$6" $((made + lost - was_made - was_lost))
	knows $client $((2 * (made - was_made) / $6))
	[ $failed = 0 ] || equal 'lost without a failure' "$was_lost" "$lost"
	return $failed
}
each() {
	local n=1 made lost before
	counters "${@:2:3}"
	before=$lost
	while once $n "$@"; do
		n=$((n + 1))
	done
	[ "$lost" -gt "$before" ] || fail 'none was lost'
}
each "$sender" ipvs 'messages sent' 'socket errors' 1
each "$receiver" backup 'connections received' 'connections refused, no memory' 2

wire < <(packets "${clients[@]}")
sleep 4
for client in "${clients[@]}"; do
	knows "$client" 2
done
equal 'the threads' "$sender $receiver" "$(thread ipvs-m) $(thread ipvs-b)"

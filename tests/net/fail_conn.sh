#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Memory for connections that is not there: a packet or a message is lost, no count
# is wrong, and as soon as there is memory again all is as ever.
# kernel: debug, for its failures on request
. "$(dirname "$0")/lib_lab.sh"
. "$(dirname "$0")/lib_fail.sh"

lab
ipvs -R <<END
-A -u $VIP:53 -s rr
-a -u $VIP:53 -r 10.0.2.11:53 -m
-A -u $VIP:54 -s rr -p 100
-a -u $VIP:54 -r 10.0.2.12:54 -m
END
check 'a backup' ipvs --start-daemon backup --mcast-interface back --syncid 7
allocations_fail
echo Y >$faults/failslab/cache-filter
echo 0 >$faults/failslab/times
echo 100 >$faults/failslab/probability

# memory TIMES: so many of the next allocations of connections and tables fail, in
# the caches that the machine's command line names (see tests/vm/uml.sh).
memory() {
	echo "$1" >$faults/failslab/times
}

# What the servers count, and what the table has for them, templates left out.
counted() {
	ipvs -Ln | awk '$1 == "->" { sum += $5 + $6 } END { print sum }'
}
listed() {
	director awk '$2 ~ /^0A09/ && $3 != "0000" { n++ } END { print n + 0 }' /proc/net/ip_vs_conn
}

memory 3
wire <<END
send client udp 10.9.0.1:1 > $VIP:53
send client udp 10.9.0.1:2 > $VIP:53
send client udp 10.9.0.1:3 > $VIP:53
quiet server udp 10.9.0.1:* > *:*
conns director 0 UDP *
send client udp 10.9.0.1:1 > $VIP:53
expect server udp 10.9.0.1:1 > 10.0.2.11:53
END
equal 'all have failed' 0 "$(cat $faults/failslab/times)"
equal 'counted is what is there' "$(listed)" "$(counted)"

# Persistent: of template and connection first the one, then the other.
memory 1
wire <<END
send client udp 10.9.0.2:1 > $VIP:54
quiet server udp 10.9.0.2:* > *:*
END
equal 'no template' 0 "$(director grep -c 0A090002 /proc/net/ip_vs_conn)"
echo 2 >$faults/failslab/interval
memory 1
wire <<END
send client udp 10.9.0.2:1 > $VIP:54
END
echo 1 >$faults/failslab/interval
memory 0
wire <<END
send client udp 10.9.0.2:1 > $VIP:54
expect server udp 10.9.0.2:1 > 10.0.2.12:54
END
equal 'counted is what is there' "$(listed)" "$(counted)"

# A backup that cannot remember one goes on.
memory 1
check 'a message' on server "$top/build/net/sync_forge" send back good-0
until_equal 20 0 cat $faults/failslab/times
equal 'it is not there' 0 "$(director grep -c C633 /proc/net/ip_vs_conn)"
check 'again' on server "$top/build/net/sync_forge" send back good-0
until_equal 20 1 director grep -c C633 /proc/net/ip_vs_conn

# None for ten thousand packets: nothing is there in part.
memory 10000
wire <<END
flood client 6000 udp 10.9.0.3:0 > $VIP:53
END
equal 'none of them' 0 "$(director grep -c 0A090003 /proc/net/ip_vs_conn)"
memory 0
equal 'counted is what is there' "$(listed)" "$(counted)"
wire <<END
flood client 2000 udp 10.9.0.4:0 > $VIP:53
END
until_equal 20 2000 director grep -c 0A090004 /proc/net/ip_vs_conn
equal 'counted is what is there' "$(listed)" "$(counted)"
ipvs -C

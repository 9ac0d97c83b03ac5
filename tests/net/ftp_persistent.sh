#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A persistent service of FTP by direct routing takes what may be data to the
# server of the control connection, and leaves the rest alone; one that is not
# persistent takes no data, and neither does one without servers.
. "$(dirname "$0")/lib_lab.sh"

lab
ipvs -R <<END
-A -t $VIP:21 -s rr -p 300
-a -t $VIP:21 -r 10.0.2.11:21 -g
-a -t $VIP:21 -r 10.0.2.12:21 -g
END
# data CLIENT: what follows a control connection goes to its server, @CLIENT.
data() {
	cat <<-END
		send client tcp 10.9.0.$1:1000 > $VIP:21 flags=S
		expect server tcp 10.9.0.$1:1000 > $VIP:21
		send client tcp 10.9.0.$1:1001 > $VIP:20 flags=S
		expect server tcp 10.9.0.$1:1001 > $VIP:20
		send client tcp 10.9.0.$1:1002 > $VIP:40000 flags=S
		expect server tcp 10.9.0.$1:1002 > $VIP:40000
	END
}
wire <<END
$(data 1)
$(data 2)
conns director 2 TCP 10.9.0.*:1000 $VIP:21 *
# neither of these can be data
send client tcp 10.9.0.1:1003 > $VIP:22 flags=S
expect client tcp $VIP:22 > 10.9.0.1:1003 flags=RA
send client udp 10.9.0.1:1003 > $VIP:40000
quiet server udp 10.9.0.1:1003 > *
END
servers() {
	ipvs -Lnc | awk -v client="10.9.0.$1:" '$4 !~ /:0$/ && index($4, client) == 1 {
		sub(/:.*/, "", $6); print $6 }' | sort -u
}
equal 'servers of the first client' 1 "$(servers 1 | wc -l)"
equal 'servers of the second client' 1 "$(servers 2 | wc -l)"
differ=$(servers 1; servers 2)
equal 'both servers have a client' 2 "$(sort -u <<<"$differ" | wc -l)"
# The template is for every port, so that it serves data too.
equal 'templates' 2 "$(ipvs -Lnc | grep -c " 10.9.0.[12]:0 .*$VIP:0 ")"

check 'no servers' ipvs -d -t $VIP:21 -r 10.0.2.11:21
ipvs -d -t $VIP:21 -r 10.0.2.12:21
wire <<END
send client tcp 10.9.0.3:1000 > $VIP:21 flags=S
expect client icmp $VIP > 10.9.0.3 type=3 code=3 / tcp 10.9.0.3:1000 > $VIP:21
send client tcp 10.9.0.3:1001 > $VIP:40000 flags=S
expect client tcp $VIP:40000 > 10.9.0.3:1001 flags=RA
END
ipvs -R <<END
-E -t $VIP:21 -s rr
-a -t $VIP:21 -r 10.0.2.11:21 -g
END
wire <<END
send client tcp 10.9.0.4:1000 > $VIP:21 flags=S
expect server tcp 10.9.0.4:1000 > $VIP:21
send client tcp 10.9.0.4:1001 > $VIP:40000 flags=S
expect client tcp $VIP:40000 > 10.9.0.4:1001 flags=RA
quiet server tcp 10.9.0.4:1001 > *
END

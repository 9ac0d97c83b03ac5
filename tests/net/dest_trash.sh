#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A removed server is kept, with its counters, while it has connections and two minutes
# more; then it is gone, and who comes to its address is new.
# kernel: debug, whose time passes at once where nobody uses it
. "$(dirname "$0")/lib_lab.sh"

lab
for number in 1 2 3; do
	cat <<-END
		-A -u $VIP:5$number -s rr
		-a -u $VIP:5$number -r 10.0.2.1$number:5$number -m
	END
done | ipvs -R || fail 'configuration'
ipvs --set 0 0 5
wire <<END
for 2 3 send client udp 10.9.0.1:1000 > $VIP:5% size=2
for 2 3 expect server udp 10.9.0.1:1000 > 10.0.2.1%:5%
END
ipvs --set 0 0 900
wire <<END
send client udp 10.9.0.1:1000 > $VIP:51 size=2
expect server udp 10.9.0.1:1000 > 10.0.2.11:51
END
for number in 1 2 3; do
	check "without server $number" ipvs -d -u "$VIP:5$number" -r "10.0.2.1$number:5$number"
done

# back NUMBER: how many connections and packets it has had.
back() {
	ipvs -a -u "$VIP:5$1" -r "10.0.2.1$1:5$1" -m || fail "server $1 cannot come back"
	ipvs -Ln --stats --exact -u "$VIP:5$1" | awk '$1 == "->" { counted = $3 " " $4 } END { print counted }'
}
sleep 70
equal 'its connection is over for a minute' '1 1' "$(back 2)"
sleep 170
equal 'its connection goes on' '1 1' "$(back 1)"
equal 'its connection is over for long' '0 0' "$(back 3)"
wire <<END
for 1 3 send client udp 10.9.0.1:1000 > $VIP:5% size=3
for 1 3 expect server udp 10.9.0.1:1000 > 10.0.2.1%:5% size=3
conn director UDP 10.9.0.1:1000 $VIP:51 10.0.2.11:51 UDP
END

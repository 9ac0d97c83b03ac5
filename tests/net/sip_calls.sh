#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Real calls by sipp: two clients that name one call meet one server, calls of
# other names are spread, and a server that calls a client does so in the
# service's name. By direct routing and by tunnel a call meets its server, too.
. "$(dirname "$0")/lib.sh"

OTHER=$(host 1 11)
topology 3
replies_from_tunnel
replies_back 1
replies_back 2
ip -n client address add "$(network 1 11)" dev front

# answer PLACE ADDRESS [PORT]: each call as a new one, though another had its name.
sipp -sd uas 2>/dev/null | grep -v timewait >"$TMPDIR/uas.xml"
answer() {
	background "$1" sipp -sf "$TMPDIR/uas.xml" -i "$(bare "$2")" -p "${3-5060}" -deadcall_wait 0 -nostdin
	wait_listen "$1" udp "${3-5060}"
}
# call PLACE FROM PORT TO NAME [PORT]: a whole call, from INVITE to the answer to BYE.
call() {
	on "$1" timeout 60 sipp -sn uac -i "$(bare "$2")" -p "$3" -m 1 -cid_str "$5" -nostdin \
		-timeout 50 -timeout_error "$4:${6-5060}" >"$TMPDIR/sipp" 2>&1 ||
		{ tail -n 40 "$TMPDIR/sipp"; false; }
}
# servers_of PATTERN: of the connections that match.
servers_of() {
	ipvs -Lnc | awk -v pattern="$1" '$4 ~ pattern { print $6 }' | sort -u | xargs
}
# Nothing of a server's own address is good for the client.
client nft -f - <<-END
	table inet strict {
		chain in {
			type filter hook input priority 0
			ip saddr 10.0.2.0/24 drop
			ip6 saddr fd00:2::/64 drop
		}
	}
END
mask=255.255.255.0
[ "$FAMILY" = 4 ] || mask=64
for number in 1 2; do
	answer "real$number" "$(real_address "$number")"
done
ipvs -R <<END
-A -u $VIP:5060 -s rr -p 60 -M $mask --pe sip
-a -u $VIP:5060 -r $(real_address 1):5060 -m
-a -u $VIP:5060 -r $(real_address 2):5060 -m
END
check 'a call' call client $CLIENT 6001 $VIP same@call
check 'one of the same name from elsewhere' call client "$OTHER" 6002 $VIP same@call
equal 'both met one server' 1 "$(servers_of ':600[12]$' | wc -w)"
check 'a third call' call client $CLIENT 6003 $VIP third@call
check 'a fourth call' call client $CLIENT 6004 $VIP fourth@call
equal 'they met two' "$(real_address 1):5060 $(real_address 2):5060" "$(servers_of ':600[34]$')"
for name in same third fourth; do
	check "there is a template of $name@call" director grep -q " sip $name@call$" /proc/net/ip_vs_conn
done

# A server that answers nobody, to call from.
check 'a third server' ipvs -a -u $VIP:5060 -r "$(real_address 1):5070" -m
answer client $CLIENT
check 'a server calls the client' call real1 "$(real_address 1)" 5070 $CLIENT begun@real1
equal 'the table knows that' "$(real_address 1):5070" "$(servers_of "${CLIENT//[][]/.}:5060$")"

for way in 5062,-g 5063,-i; do
	port=${way%,*}
	answer real3 $VIP "$port"
	check "a service by ${way#*,}" ipvs -A -u "$VIP:$port" -s rr -p 60 -M $mask --pe sip
	check 'its server' ipvs -a -u "$VIP:$port" -r "$(real_address 3):$port" "${way#*,}"
	check 'a call' call client $CLIENT 6005 $VIP "$port@call" "$port"
	check 'its template' director grep -q " sip $port@call$" /proc/net/ip_vs_conn
done

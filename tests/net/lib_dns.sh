# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A name server on every real server, to be asked over UDP and TCP.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# serve_dns: who.test is 10.1.1.N on the N-th.
serve_dns() {
	local number
	for number in $(seq "$REALS"); do
		background "real$number" dnsmasq --keep-in-foreground --conf-file=/dev/null \
			--no-resolv --no-hosts --user=root --pid-file= \
			--address="/who.test/10.1.1.$number"
	done
	for number in $(seq "$REALS"); do
		wait_listen "real$number" udp 53
		wait_listen "real$number" tcp 53
	done
}

# ask_dns [DIG OPTION...]: the server's name.
ask_dns() {
	client dig +short +tries=1 +time=60 "$@" @$VIP who.test A | sed 's/.*\./real/'
}

# check_dns METHOD [udp]: questions over UDP, and over TCP unless told, spread over
# two servers.
check_dns() {
	local number
	serve_dns
	{
		for number in 1 2; do
			echo "-a -u $VIP:53 -r $(real_address $number):53 $1"
			echo "-a -t $VIP:53 -r $(real_address $number):53 $1"
		done
	} | cat <(printf '%s\n' "-A -u $VIP:53 -s rr" "-A -t $VIP:53 -s rr") - >"$TMPDIR/rules"
	ipvs -R <"$TMPDIR/rules" || fail 'configuration'
	equal 'questions over UDP' 'real1=2 real2=2' "$(spread 4 ask_dns)"
	[ "${2-}" = udp ] || equal 'questions over TCP' 'real1=1 real2=1' "$(spread 2 ask_dns +tcp)"
}

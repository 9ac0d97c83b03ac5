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
	client dig +short +tries=1 +time=60 "$@" who.test A | sed 's/.*\./real/'
}

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A marked one-packet service without servers, with cache_bypass: packets go where the
# client wants, and nothing is remembered of them.
. "$(dirname "$0")/lib_lab.sh"

question="udp $(away 9 1):1000 > $(away 8 5):53"

lab
deliver_marked 'udp dport 53'
ipvs -A -f 7 "${of_family[@]}" -s rr -o
wire <<END
sysctl director net/ipv4/vs/cache_bypass 1
for 1 2 send client $question size=%
for 1 2 expect server $question size=%
conns director 0 *
END

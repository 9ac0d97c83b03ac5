#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A name server behind an IPIP tunnel, asked over UDP and TCP.
. "$(dirname "$0")/lib_dns.sh"

topology 2
replies_from_tunnel
check_dns -i
equal 'one connection a question' 4 "$(connections 'UDP .* UDP')"
equal 'no answer passes' '2 0' "$(dest_field 1 2 --stats) $(dest_field 1 3 --stats)"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A name server behind direct routing, asked over UDP and TCP.
. "$(dirname "$0")/lib_dns.sh"

topology 2
replies_direct
check_dns -g
equal 'one connection a question' 4 "$(connections 'UDP .* UDP')"
until_equal 20 2 dest_field 1 2 -u $VIP:53 --stats
until_equal 20 0 dest_field 1 3 -u $VIP:53 --stats

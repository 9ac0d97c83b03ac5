#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Packets to one real server leave by the way that the rules have for their source,
# whatever the packet before had, in both families. A tunnel's packets have the
# director's address as theirs.
. "$(dirname "$0")/lib_policy.sh"

policy_lab
ways_wire <<END
$(through client 2 server server)
run director ip rule add from 10.9.0.2 lookup 100
run director ip -6 rule add from fd00:9::2 lookup 100
$(through client 2 side server)
$(through client 1 server server)
run director ip rule add from 10.0.2.1 lookup 100
run director ip -6 rule add from fd00:2::1 lookup 100
$(through client 2 side side)
END

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A network namespace with running daemons and live connections goes away: so do
# the threads; the other director works on.
. "$(dirname "$0")/lib_sync.sh"

topology 1 backup
serve_http 80
service -t $VIP:80 -s rr -- -m 80
start_daemons --syncid 0
check 'a backup on the director as well' ipvs --start-daemon backup --mcast-interface back
hold 80
knows backup 1 'TCP ESTABLISHED'

no_device() {
	! ip -n switch link show front-director
}
check 'the director goes away' ip netns del director
until_true 30 no_device || fail 'the namespace lives on'
note 'ok: the namespace is gone'
equal 'the backup runs on' backup "$(daemons backup)"
knows backup 1 'TCP ESTABLISHED'
check 'the backup goes away, too' ip netns del backup

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Starting and stopping: every spelling, what is shown, what is refused.
# cpus: 2
. "$(dirname "$0")/lib_sync.sh"

topology 1
for spelling in '--start-daemon=master --mcast-interface=back' \
	'--start-daemon master --mcast-interface back'; do
	# shellcheck disable=SC2086
	check "$spelling" ipvs $spelling
	equal 'shown' 'master sync daemon (mcast=back, syncid=0, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)' \
		"$(ipvs -L --daemon)"
	check 'stop it' ipvs --stop-daemon=master
	equal 'nothing shown' '' "$(ipvs -L --daemon)"
done

check 'everything set' ipvs --start-daemon backup --mcast-interface back --syncid 255 \
	--sync-maxlen 4000 --mcast-group 239.1.2.3 --mcast-port 9000 --mcast-ttl 5
equal 'shown' 'backup sync daemon (mcast=back, syncid=255, maxlen=4000, group=239.1.2.3, port=9000, ttl=5)' \
	"$(ipvs -L --daemon)"
refuse 'a second backup' ipvs --start-daemon backup --mcast-interface back
refuse 'stop the master, which does not run' ipvs --stop-daemon master
equal 'the backup still runs' backup "$(daemons director)"
check 'stop the backup' ipvs --stop-daemon backup
refuse 'stop it again' ipvs --stop-daemon backup

refuse 'an interface that is not there' ipvs --start-daemon master --mcast-interface nowhere
refuse 'a group that is none' ipvs --start-daemon master --mcast-interface back \
	--mcast-group 10.0.0.1
refuse 'a role that is none' ipvs --start-daemon primary --mcast-interface back
equal 'none runs' '' "$(daemons director)"

if [ -z "${IN_TREE-}" ]; then
	check 'a master' ipvs --start-daemon master --mcast-interface back
	check 'a backup beside it' ipvs --start-daemon backup --mcast-interface back
	equal 'both run' 'master backup' "$(daemons director)"
	check 'stop both by the command of 2001' ipvs --stop-daemon
	equal 'none runs' '' "$(daemons director)"
	check 'a backup alone' ipvs --start-daemon backup --mcast-interface back
	check 'stop it by the same command' ipvs --stop-daemon
	equal 'none runs' '' "$(daemons director)"
fi
equal 'no thread is left' '' "$(grep -l '^ipvs-' /run/threads/[0-9]*/comm)"

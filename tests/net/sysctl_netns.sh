#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each namespace has knobs of its own, those of one that an ordinary user owns
# included; there the ones that take memory or threads of the host are
# read-only.
. "$(dirname "$0")/lib.sh"
vs=/proc/sys/net/ipv4/vs

modprobe ip_vs || fail 'no module'
ip netns add other
check 'a knob of another namespace' on other sysctl -qw net.ipv4.vs.sync_version=0
equal 'it has it' 0 "$(on other sysctl -n net.ipv4.vs.sync_version)"
equal 'this one has not' 1 "$(cat $vs/sync_version)"

chmod 755 "$TMPDIR"
cat >"$TMPDIR/inside" <<END
mount -t sysfs none /sys 2>/dev/null
echo 1 >$vs/sloppy_tcp || exit 1
[ "\$(cat $vs/sloppy_tcp)" = 1 ] || exit 2
echo 1 >$vs/sync_qlen_max && exit 3
echo 1 >$vs/sync_sock_size && exit 4
echo 2 >$vs/sync_ports && exit 5
[ "\$(cat $vs/sync_sock_size $vs/sync_ports | xargs)" = '0 1' ]
END
check 'an ordinary user in a namespace of its own' \
	setpriv --reuid 65534 --regid 65534 --clear-groups \
	unshare --user --map-root-user --net bash "$TMPDIR/inside"
equal 'nothing changed here' '0 0' "$(cat $vs/sloppy_tcp $vs/sync_sock_size | xargs)"

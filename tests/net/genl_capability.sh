#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Who owns a network namespace may balance in it, by its user namespace, and
# nowhere else; who does not may not even look.
. "$(dirname "$0")/lib.sh"
nobody="setpriv --reuid 65534 --regid 65534 --clear-groups"

modprobe ip_vs_rr
check 'root adds a service' "$IPVSADM" -A -f 1 -s rr
# shellcheck disable=SC2086
{
	refuse 'an ordinary user may not add one' $nobody "$IPVSADM" -A -f 2 -s rr
	refuse 'nor list them' $nobody "$IPVSADM" -Ln
	refuse 'nor with a user namespace alone' $nobody unshare --user --map-root-user \
		"$IPVSADM" -A -f 2 -s rr
}
equal 'the list is as it was' 1 "$("$IPVSADM" -Ln | grep -c FWM)"

cat >"$TMPDIR/inside" <<'END'
set -e
ip link set lo up
"$1" -A -f 3 -s rr
"$1" -a -f 3 -r 10.0.0.2 -m
[ "$("$1" -Sn | wc -l)" = 2 ]
END
chmod 755 "$TMPDIR"
# shellcheck disable=SC2086
check 'in a network namespace of its own it may' $nobody unshare --user --map-root-user --net \
	bash "$TMPDIR/inside" "$IPVSADM"
equal 'which changes nothing here' 1 "$("$IPVSADM" -Ln | grep -c FWM)"

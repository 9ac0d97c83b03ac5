#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Hosts and ports have names: on the command line, in files of rules, and in lists that
# are not asked for numbers. Unknown ones are named and change nothing.
. "$(dirname "$0")/lib.sh"

cat >"$TMPDIR/hosts" <<END
10.0.1.100 www.test
10.0.2.11 real1.test
fd00:1::100 six.test
fd00:2::11 real6.test
END
cat >"$TMPDIR/services" <<END
web 8080/tcp
ask 8080/udp
call 5060/sctp
END
echo 'hosts: files
services: files' >"$TMPDIR/nsswitch.conf"
for file in hosts services nsswitch.conf; do
	[ -e /etc/$file ] || touch /etc/$file
	mount --bind "$TMPDIR/$file" /etc/$file || fail "cannot replace /etc/$file"
done

ip netns add director
ip -n director link set lo up
ipvs -R <<END || fail 'the rules'
-A -t www.test:web -s rr
-a -t www.test:web -r real1.test:web -m
-A -u www.test:ask -s rr
-A --sctp-service www.test:call -s rr
-A -t [six.test]:web -s rr
-a -t [six.test]:web -r [real6.test]:web -m
-A -f 5 -s rr
-a -f 5 -r real1.test:0 -g
END
equal 'by number' "$(sort <<END
-A -f 5 -s rr
-A --sctp-service 10.0.1.100:5060 -s rr
-A -t 10.0.1.100:8080 -s rr
-A -t [fd00:1::100]:8080 -s rr
-A -u 10.0.1.100:8080 -s rr
-a -f 5 -r 10.0.2.11:0 -g -w 1
-a -t 10.0.1.100:8080 -r 10.0.2.11:8080 -m -w 1
-a -t [fd00:1::100]:8080 -r [fd00:2::11]:8080 -m -w 1
END
)" "$(ipvs -Sn | sort)"
saved=$(ipvs -S)
for rule in '-A -t www.test:web -s rr' '-a -t www.test:web -r real1.test:web -m -w 1' \
	'-A -u www.test:ask -s rr' '-A -t [six.test]:web -s rr'; do
	grep -qxF -- "$rule" <<<"$saved" || fail "not saved: $rule"
done
note 'ok: saved by name'
ipvs -C
check 'what was saved by name comes back' ipvs -R <<<"$saved"
equal 'all of it' "$saved" "$(ipvs -S)"
check 'a list by name' grep -q '^  -> real1.test:web ' <<<"$(ipvs -L)"
check 'a list by number' grep -q '^  -> 10.0.2.11:8080 ' <<<"$(ipvs -Ln)"
refuse 'no such host' ipvs -A -t nowhere.test:web -s rr
check '... is named' grep -q 'nowhere.test' <<<"$refusal"
refuse 'no such port' ipvs -A -t www.test:nothing -s rr
check '... is named' grep -q 'nothing' <<<"$refusal"
refuse 'a port of another protocol' ipvs -A -t www.test:ask -s rr
equal 'nothing has changed' "$saved" "$(ipvs -S)"

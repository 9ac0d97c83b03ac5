#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A namespace that dies takes its services, real servers and daemons along, also
# when the daemons' interface was removed under them; the module is free then.
. "$(dirname "$0")/lib.sh"

references() {
	lsmod | awk '$1 == "ip_vs" { print $3 }'
}

modprobe ip_vs
modprobe ip_vs_rr
idle=$(references)
for name in one two; do
	ip netns add $name
	ip -n $name link add wire type dummy
	ip -n $name address add 10.5.0.1/24 dev wire
	ip -n $name link set wire up
	check "$name: a service" on $name "$IPVSADM" -A -t 10.5.0.1:80 -s rr
	check "$name: a server" on $name "$IPVSADM" -a -t 10.5.0.1:80 -r 10.5.0.2:80 -m
	check "$name: master" on $name "$IPVSADM" --start-daemon master --mcast-interface wire
	check "$name: backup" on $name "$IPVSADM" --start-daemon backup --mcast-interface wire
done
equal 'references held' $((idle + 6)) "$(references)"
refuse 'so the module cannot be unloaded' rmmod ip_vs

check 'the interface goes' timeout 20 ip -n two link delete wire
equal 'the daemons are still there' 2 "$(on two "$IPVSADM" -L --daemon | wc -l)"
check 'they can be stopped' on two "$IPVSADM" --stop-daemon master
ip netns delete one
ip netns delete two
until_equal 20 "$idle" references

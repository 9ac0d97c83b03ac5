#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A scheduler's module is loaded when a service names it, stays while one uses it,
# and can be unloaded after; an unknown scheduler is a clear error and no service.
. "$(dirname "$0")/lib_lab.sh"

loaded() { grep -q "^$1 " /proc/modules; }

ip netns add director
ipvs -Ln >/dev/null
for name in wrr lc wlc; do
	refuse "ip_vs_$name is not there yet" loaded ip_vs_$name
done
check 'a service with wrr' ipvs -A -t $VIP:80 -s wrr
check 'its module is there' loaded ip_vs_wrr
refuse 'it stays' rmmod ip_vs_wrr
check 'a service with lc' ipvs -A -f 3 -s lc
check 'the other takes wlc' ipvs -E -t $VIP:80 -s wlc
check 'the module of wlc is there' loaded ip_vs_wlc
refuse 'it stays' rmmod ip_vs_wlc
check 'that of wrr may go' rmmod ip_vs_wrr
refuse 'unknown scheduler' ipvs -A -t $VIP:81 -s nosuch
[[ $refusal == *[Ss]cheduler* ]] || fail 'that says nothing of a scheduler'
refuse 'unknown scheduler for one that is there' ipvs -E -t $VIP:80 -s nosuch
equal 'services' '-A -t 10.0.1.100:80 -s wlc -A -f 3 -s lc' \
	"$(ipvs -Sn | tr '\n' ' ' | sed 's/  */ /g; s/ $//')"
refuse 'the core stays' rmmod ip_vs
check 'flush' ipvs -C
for name in lc wlc; do
	check "that of $name may go" rmmod ip_vs_$name
done
check 'the core may go' rmmod ip_vs
check 'all comes back by itself' ipvs -A -t $VIP:80 -s wlc

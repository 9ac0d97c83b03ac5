#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Modules are loaded, and a network namespace is made, with the first allocation
# failing, with the second, and so on until there is none left to fail: it is not there
# then and nothing of it is, or it is whole.
# kernel: debug, for its failures on request
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_fail.sh"

parts=(ip_vs_rr ip_vs_ftp ip_vs_pe_sip xt_ipvs)
check 'with all that they need' modprobe -a "${parts[@]}"
# ip_vs_ftp has made ip_vs hold ip_vs_nfct.
rmmod "${parts[@]}" ip_vs ip_vs_nfct || fail 'they are in use'
allocations_fail
# Whether an object needs new pages is not always the same.
echo 10 >$faults/fail_page_alloc/min-order

check 'each or not at all' "$top/build/net/genl" fail <<<'load ip_vs | unload ip_vs'
modprobe ip_vs || fail 'no module'
check 'beside it' "$top/build/net/genl" fail <<<'load ip_vs_nfct | unload ip_vs_nfct'
modprobe ip_vs_ftp && rmmod ip_vs_ftp || fail 'no helper'
check 'upon it' "$top/build/net/genl" fail < <(
	printf '%s\n' "${parts[@]}" | sed 's/.*/load & | unload &/')
check 'a namespace' "$top/build/net/genl" fail <<<'space | or any'
check 'it works' "$IPVSADM" -A -t 10.0.0.1:80 -s rr
ip netns add another && ip netns exec another "$IPVSADM" -A -t 10.0.0.1:80 -s rr || fail 'not in another namespace'

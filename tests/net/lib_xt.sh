# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Rules of iptables that count what their match "ipvs" finds, over lib_lab.sh.
. "$(dirname "${BASH_SOURCE[0]}")/lib_lab.sh"

tables=iptables
[ "$FAMILY" = 4 ] || tables=ip6tables

# count_matches <CASES: lines "PACKETS CHAIN OPTION...", a rule each; $cases has them.
count_matches() {
	cases=$(cat)
	{
		echo '*mangle'
		while read -r _ chain options; do
			echo "-A $chain -m ipvs $options"
		done <<<"$cases"
		echo COMMIT
	} | director "$tables-restore" -w -n || fail 'the rules'
}

counted() {
	for chain in INPUT POSTROUTING; do
		director "$tables" -w -t mangle -nvxL "$chain" |
			awk -v chain="$chain" 'NR > 2 { print $1 " " chain }'
	done | sort -s -k 2
}

# Did each rule count as many packets as its line says?
matches_counted() {
	local wanted
	wanted=$(sort -s -k 2,2 <<<"$cases")
	if [ "$(cut -d ' ' -f 1,2 <<<"$wanted")" != "$(counted)" ]; then
		paste <(counted) <(echo "$wanted")
		fail 'the rules counted (left) other than they should (right)'
	fi
	note "ok: $(wc -l <<<"$wanted") rules counted what they should"
}

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_DISCARD_H
#define _IP_VS_DISCARD_H

#include <linux/netfilter.h>
#include <linux/skbuff.h>
#include <linux/snmp.h>

/* Free a packet that goes no further with us. It is counted where the stack counts
 * what it drops itself, as @mib, one of IPSTATS_MIB_*, by which IPv4 and IPv6
 * share their numbers (RFC 4293), and shown to who watches drops. RCU, BH
 * disabled.
 */
void ip_vs_discard(struct net *net, struct sk_buff *skb, u8 family, int mib);

/* @mib of what nothing was wrong with that has a counter of its own. */
static inline int ip_vs_discards(unsigned int hook)
{
	return hook == NF_INET_LOCAL_OUT ? IPSTATS_MIB_OUTDISCARDS
					 : IPSTATS_MIB_INDISCARDS;
}

#endif

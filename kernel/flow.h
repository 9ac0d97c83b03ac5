/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_FLOW_H
#define _IP_VS_FLOW_H

/* The way of a packet, told once:
 *
 *	parse, look up - known:   state, account, transmit, replicate
 *		       - unknown: find service, schedule, then as above
 *
 * All return a netfilter verdict; with NF_STOLEN the skb is gone. Context:
 * netfilter hooks, under RCU, BH disabled.
 */

#include <linux/ip.h>
#include <net/ipv6.h>

#include "netns.h"

/* A packet for this host, or from it (LOCAL_IN, LOCAL_OUT): of a known
 * connection, in either direction, or one that opens a connection.
 */
unsigned int ip_vs_flow_local(struct ip_vs_net *ns, struct sk_buff *skb,
			      unsigned int hook, u8 family);
/* A packet on its way through (FORWARD): an answer of a real server, or an
 * ICMP error about a known connection.
 */
unsigned int ip_vs_flow_through(struct ip_vs_net *ns, struct sk_buff *skb,
				u8 family);

/* May anything on FORWARD be ours? Asked first, so that it costs bystanders
 * next to nothing.
 */
static inline bool ip_vs_flow_concerns(const struct ip_vs_net *ns,
				       const struct sk_buff *skb, u8 family)
{
	u8 next;

	if (READ_ONCE(ns->conns.replies) ||
	    READ_ONCE(ns->knobs.nat_icmp_send) ||
	    READ_ONCE(ns->svcs.num_talkative))
		return true;
	if (family == AF_INET)
		return unlikely(ip_hdr(skb)->protocol == IPPROTO_ICMP);
	next = ipv6_hdr(skb)->nexthdr;
	return unlikely(next == IPPROTO_ICMPV6 || ipv6_ext_hdr(next));
}

/* See ip_vs_conns.lingers. */
void ip_vs_flow_lingers(struct ip_vs_conns *conns, struct ip_vs_conn *c);

#endif

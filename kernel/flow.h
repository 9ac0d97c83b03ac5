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

static inline const union nf_inet_addr *
ip_vs_flow_src(const struct sk_buff *skb, u8 family)
{
	return family == AF_INET ? (const void *)&ip_hdr(skb)->saddr
				 : (const void *)&ipv6_hdr(skb)->saddr;
}

static inline const union nf_inet_addr *
ip_vs_flow_dst(const struct sk_buff *skb, u8 family)
{
	return family == AF_INET ? (const void *)&ip_hdr(skb)->daddr
				 : (const void *)&ipv6_hdr(skb)->daddr;
}

/* Do its addresses not tell, because it may be an error, or in pieces? */
static inline bool ip_vs_flow_opaque(const struct sk_buff *skb, u8 family)
{
	u8 next;

	if (family == AF_INET)
		return unlikely(ip_hdr(skb)->protocol == IPPROTO_ICMP);
	next = ipv6_hdr(skb)->nexthdr;
	if (likely(next == IPPROTO_TCP || next == IPPROTO_UDP))
		return false;
	return unlikely(next == IPPROTO_ICMPV6 || next == NEXTHDR_FRAGMENT ||
			ipv6_ext_hdr(next));
}

/* Does it come from a real server? An answer of a connection that a master told
 * of may come from one that nobody has named yet.
 */
static inline bool ip_vs_flow_from_server(struct ip_vs_net *ns,
					  const struct sk_buff *skb, u8 family)
{
	return READ_ONCE(ns->conns.unbound) ||
	       ip_vs_hosts_find(&ns->dests.hosts, family,
				ip_vs_flow_src(skb, family));
}

/* May a packet on FORWARD be ours? Asked first, so that it costs bystanders next
 * to nothing: only real servers have answers that we must know, or may begin to
 * talk.
 */
static inline bool ip_vs_flow_concerns(struct ip_vs_net *ns,
				       const struct sk_buff *skb, u8 family)
{
	if (ip_vs_flow_opaque(skb, family))
		return true;
	return (READ_ONCE(ns->conns.replies) ||
		READ_ONCE(ns->knobs.nat_icmp_send) ||
		READ_ONCE(ns->svcs.num_talkative)) &&
	       ip_vs_flow_from_server(ns, skb, family);
}

/* May one on LOCAL_IN or LOCAL_OUT? A real server on this host may answer from
 * the virtual address.
 */
static inline bool ip_vs_flow_concerns_local(struct ip_vs_net *ns,
					     const struct sk_buff *skb,
					     u8 family)
{
	const struct ip_vs_addr_filter *vaddrs = &ns->conns.vaddrs;

	if (ip_vs_flow_opaque(skb, family) ||
	    ip_vs_addr_filter_has(vaddrs, family, ip_vs_flow_dst(skb, family)))
		return true;
	if ((skb->mark && READ_ONCE(ns->svcs.num_fwmark)) ||
	    READ_ONCE(ns->knobs.ignore_tunneled))
		return true;
	return (READ_ONCE(ns->conns.replies) ||
		READ_ONCE(ns->svcs.num_talkative)) &&
	       (ip_vs_flow_from_server(ns, skb, family) ||
		ip_vs_addr_filter_has(vaddrs, family,
				      ip_vs_flow_src(skb, family)));
}

/* See ip_vs_conns.lingers. */
void ip_vs_flow_lingers(struct ip_vs_conns *conns, struct ip_vs_conn *c);

#endif

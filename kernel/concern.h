/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CONCERN_H
#define _IP_VS_CONCERN_H

/* May a packet be ours? Told by its network header alone and asked before
 * anything else, so that it costs bystanders next to nothing. Under RCU.
 */

#include <linux/ip.h>
#include <net/ipv6.h>

#include "netns.h"

static inline const union nf_inet_addr *ip_vs_src(const struct sk_buff *skb,
						  u8 family)
{
	return family == AF_INET ? (const void *)&ip_hdr(skb)->saddr
				 : (const void *)&ipv6_hdr(skb)->saddr;
}

static inline const union nf_inet_addr *ip_vs_dst(const struct sk_buff *skb,
						  u8 family)
{
	return family == AF_INET ? (const void *)&ip_hdr(skb)->daddr
				 : (const void *)&ipv6_hdr(skb)->daddr;
}

/* Do its addresses not tell, because it may be an error, or in pieces? */
static inline bool ip_vs_opaque(const struct sk_buff *skb, u8 family)
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
static inline bool ip_vs_from_server(struct ip_vs_net *ns,
				     const struct sk_buff *skb, u8 family)
{
	return READ_ONCE(ns->conns.unbound) ||
	       ip_vs_hosts_find(&ns->dests.hosts, family,
				ip_vs_src(skb, family));
}

/* May one that goes through be ours? Only real servers have answers that we must
 * know, or may begin to talk; whether it does come from one is left open.
 */
static __always_inline bool
ip_vs_concerns_through(const struct ip_vs_net *ns, const struct sk_buff *skb,
		       u8 family)
{
	if (ip_vs_opaque(skb, family))
		return true;
	return (READ_ONCE(ns->conns.replies) ||
		READ_ONCE(ns->knobs.nat_icmp_send) ||
		READ_ONCE(ns->svcs.num_talkative)) &&
	       (READ_ONCE(ns->conns.unbound) ||
		ip_vs_hosts_likely(&ns->dests.hosts, family,
				   ip_vs_src(skb, family)));
}

/* May one that has just come in? */
static __always_inline bool ip_vs_concerns_input(const struct ip_vs_net *ns,
						 const struct sk_buff *skb,
						 u8 family)
{
	return ip_vs_addr_filter_has(&ns->conns.vaddrs, family,
				     ip_vs_dst(skb, family)) ||
	       (skb->mark && READ_ONCE(ns->svcs.num_fwmark)) ||
	       ip_vs_concerns_through(ns, skb, family);
}

/* May one on LOCAL_IN or LOCAL_OUT? A real server on this host may answer from
 * the virtual address.
 */
static inline bool ip_vs_concerns_local(struct ip_vs_net *ns,
					const struct sk_buff *skb, u8 family)
{
	const struct ip_vs_addr_filter *vaddrs = &ns->conns.vaddrs;

	if (ip_vs_opaque(skb, family) ||
	    ip_vs_addr_filter_has(vaddrs, family, ip_vs_dst(skb, family)))
		return true;
	if ((skb->mark && READ_ONCE(ns->svcs.num_fwmark)) ||
	    READ_ONCE(ns->knobs.ignore_tunneled))
		return true;
	return (READ_ONCE(ns->conns.replies) ||
		READ_ONCE(ns->svcs.num_talkative)) &&
	       (ip_vs_from_server(ns, skb, family) ||
		ip_vs_addr_filter_has(vaddrs, family,
				      ip_vs_src(skb, family)));
}

#endif

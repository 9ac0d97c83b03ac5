/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_LOOKUP_H
#define _IP_VS_LOOKUP_H

/* What the stack says about the way to a real server. */

#include <linux/skbuff.h>
#include <net/ip6_fib.h>
#include <net/ip_fib.h>
#include <net/route.h>
#include <net/xfrm.h>

#include "route_cache.h"

struct ip_vs_route {
	const struct sk_buff *skb;	/* what is to go, as it came, or NULL: given */
	struct dst_entry *dst;
	bool counted;			/* @dst is a reference: put it */
	union nf_inet_addr saddr;	/* our address on that way: for tunnels */
	unsigned int mtu;		/* xmit: octets that a packet on it may have */
	u8 family;			/* of the real server: given */
};

static inline bool ip_vs_dst_local(const struct dst_entry *dst, u8 family)
{
	if (family == AF_INET)
		return ((const struct rtable *)dst)->rt_flags & RTCF_LOCAL;
	return ((const struct rt6_info *)dst)->rt6i_flags & RTF_LOCAL;
}

static inline bool ip_vs_route_local(const struct ip_vs_route *route)
{
	return ip_vs_dst_local(route->dst, route->family);
}

/* Does any route in @net possibly depend on more than the destination: on the
 * packet's mark, source, type of service, or the device by which it came?
 */
static inline bool ip_vs_route_by_policy(const struct net *net, u8 family)
{
	if (family == AF_INET)
		return fib4_has_custom_rules(net);
	return fib6_has_custom_rules(net) || fib6_routes_require_src(net);
}

/* May a policy of IPsec want something of packets that go this way (@dir: XFRM_POLICY_*,
 * RFC 4301, 4.4.1)?
 */
static inline bool ip_vs_ipsec_minds(const struct net *net, unsigned int dir)
{
#ifdef CONFIG_XFRM
	return READ_ONCE(net->xfrm.policy_count[dir]) ||
	       READ_ONCE(net->xfrm.policy_default[dir]) !=
		       XFRM_USERPOLICY_ACCEPT;
#else
	return false;
#endif
}

/* The packets of a tunnel are our own: they have our source. @skb may be NULL. */
void ip_vs_route_key_of(struct ip_vs_route_key *key, const struct sk_buff *skb,
			u32 fwd);

/* The route to @daddr for packets of this @key, or NULL where no policy is: a
 * reference. Rules that have a packet delivered here are about those that come to
 * us, not about what leaves. False: there is none. RCU.
 */
bool ip_vs_lookup(struct net *net, u32 fwd, const union nf_inet_addr *daddr,
		  const struct ip_vs_route_key *key,
		  struct ip_vs_route *route);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_LOOKUP_H
#define _IP_VS_LOOKUP_H

/* What the stack says about the way to a real server. */

#include <linux/skbuff.h>
#include <net/ip6_fib.h>
#include <net/route.h>

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
bool ip_vs_route_by_policy(const struct net *net, u8 family);
/* May a packet have to leave @net by IPsec (RFC 4301, 4.4.1)? */
bool ip_vs_route_by_ipsec(const struct net *net);

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

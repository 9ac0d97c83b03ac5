/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_ROUTE_H
#define _IP_VS_ROUTE_H

/* The way to a real server. */

#include "dest.h"
#include "lookup.h"

/* The same, found by the stack: what the cache does not have. */
bool ip_vs_route_find(struct net *net, struct ip_vs_dest *dest, u32 fwd,
		      const union nf_inet_addr *daddr,
		      struct ip_vs_route *route);

/* The route to @dest for @route's packet, from the per-CPU cache when the
 * connection's method @fwd is the dest's own; or to @daddr, looked up, when @dest
 * is NULL. Where rules look at more than the destination, they decide. Keeps
 * IP_VS_DEST_LOCAL right. Returns false without a route. RCU, for as long as
 * the route is used; BH disabled.
 */
static __always_inline bool
ip_vs_route(struct net *net, struct ip_vs_dest *dest, u32 fwd,
	    const union nf_inet_addr *daddr, struct ip_vs_route *route)
{
	if (likely(dest && READ_ONCE(dest->cfg.fwd) == fwd)) {
		route->dst = ip_vs_route_cache_get(&dest->route,
						   &route->saddr);
		route->counted = false;
		if (likely(route->dst))
			return true;
	}
	return ip_vs_route_find(net, dest, fwd, daddr, route);
}

static inline void ip_vs_route_put(const struct ip_vs_route *route)
{
	if (unlikely(route->counted))
		dst_release(route->dst);
}

/* The packet goes this way, and no other: takes over what @route holds. RCU. */
static inline void ip_vs_route_give(const struct ip_vs_route *route,
				    struct sk_buff *skb)
{
	skb_dst_drop(skb);
	if (unlikely(route->counted))
		skb_dst_set(skb, route->dst);
	else
		skb_dst_set_noref(skb, route->dst);
}

enum ip_vs_whose {
	IP_VS_NOBODYS,	/* no host has this address, or none beyond the link */
	IP_VS_OURS,	/* the director's */
	IP_VS_ANOTHERS,
};

enum ip_vs_whose ip_vs_addr_whose(struct net *net, u8 family,
				  const union nf_inet_addr *addr);

#endif

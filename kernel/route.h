/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_ROUTE_H
#define _IP_VS_ROUTE_H

/* The way to a real server. */

#include <net/ip6_fib.h>
#include <net/route.h>

#include "dest.h"

struct ip_vs_route {
	struct dst_entry *dst;		/* a reference */
	union nf_inet_addr saddr;	/* our address on that way */
	u8 family;			/* of the real server: given */
};

/* The route to @dest, from its per-CPU cache when the connection's method
 * @fwd is the dest's own; or to @daddr, looked up, when @dest is NULL. Keeps
 * IP_VS_DEST_LOCAL right. Returns false without a route. BH disabled.
 */
bool ip_vs_route(struct net *net, struct ip_vs_dest *dest, u32 fwd,
		 const union nf_inet_addr *daddr, struct ip_vs_route *route);

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

/* Are replies possibly routed by more than their destination? */
bool ip_vs_route_by_policy(struct net *net, u8 family);

#endif

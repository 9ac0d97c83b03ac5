/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_ROUTE_H
#define _IP_VS_ROUTE_H

/* The way to a real server. */

#include <net/route.h>

#include "dest.h"

struct ip_vs_route4 {
	struct rtable *rt;	/* a reference */
	__be32 saddr;		/* our address on that way */
};

/* The route to @dest, from its per-CPU cache when the connection's method
 * @fwd is the dest's own; or to @daddr, looked up, when @dest is NULL. Keeps
 * IP_VS_DEST_LOCAL right. Returns false without a route. BH disabled.
 */
bool ip_vs_route4(struct net *net, struct ip_vs_dest *dest, u32 fwd,
		  __be32 daddr, struct ip_vs_route4 *route);

static inline bool ip_vs_rt_local(const struct rtable *rt)
{
	return rt->rt_flags & RTCF_LOCAL;
}

/* Are replies possibly routed by more than their destination? */
bool ip_vs_route_by_policy(struct net *net);

#endif

// SPDX-License-Identifier: GPL-2.0-only
#include "route.h"

#include <uapi/linux/ip_vs.h>

/* By direct routing the packet keeps the virtual address, so the route must
 * carry the real server as next hop.
 */
static bool lookup4(struct net *net, u32 fwd, __be32 daddr,
		    struct ip_vs_route4 *route)
{
	struct flowi4 fl4 = {
		.daddr = daddr,
		.flowi4_flags = fwd == IP_VS_CONN_F_DROUTE ?
				FLOWI_FLAG_KNOWN_NH : 0,
	};
	struct rtable *rt = ip_route_output_key(net, &fl4);

	if (IS_ERR(rt))
		return false;
	route->rt = rt;
	route->saddr = fl4.saddr;
	return true;
}

static void note_local(struct ip_vs_dest *dest, bool local)
{
	if (local == test_bit(IP_VS_DEST_LOCAL, &dest->flags))
		return;
	if (local)
		set_bit(IP_VS_DEST_LOCAL, &dest->flags);
	else
		clear_bit(IP_VS_DEST_LOCAL, &dest->flags);
}

bool ip_vs_route4(struct net *net, struct ip_vs_dest *dest, u32 fwd,
		  __be32 daddr, struct ip_vs_route4 *route)
{
	if (!dest || unlikely(READ_ONCE(dest->cfg.fwd) != fwd))
		return lookup4(net, fwd, daddr, route);
	route->rt = dst_cache_get_ip4(&dest->route, &route->saddr);
	if (likely(route->rt))
		return true;
	if (!lookup4(net, fwd, daddr, route))
		return false;
	note_local(dest, ip_vs_rt_local(route->rt));
	dst_cache_set_ip4(&dest->route, &route->rt->dst, route->saddr);
	return true;
}

bool ip_vs_route_by_policy(struct net *net)
{
#ifdef CONFIG_IP_MULTIPLE_TABLES
	return net->ipv4.fib_has_custom_rules;
#else
	return false;
#endif
}

// SPDX-License-Identifier: GPL-2.0-only
#include "route.h"

#include <net/addrconf.h>
#include <net/ip6_route.h>
#include <net/xfrm.h>
#include <uapi/linux/ip_vs.h>

/* By direct routing the packet keeps the virtual address, so the route must
 * carry the real server as next hop.
 */
static u8 flow_flags(u32 fwd)
{
	return fwd == IP_VS_CONN_F_DROUTE ? FLOWI_FLAG_KNOWN_NH : 0;
}

static bool lookup4(struct net *net, u32 fwd, __be32 daddr,
		    struct ip_vs_route *route)
{
	struct flowi4 fl4 = {
		.daddr = daddr,
		.flowi4_flags = flow_flags(fwd),
	};
	struct rtable *rt = ip_route_output_key(net, &fl4);

	if (IS_ERR(rt))
		return false;
	route->dst = &rt->dst;
	route->saddr.ip = fl4.saddr;
	return true;
}

/* A tunnel's packets are our own: they need a source, and IPsec may want them.
 */
static bool source6(struct net *net, struct flowi6 *fl6,
		    struct ip_vs_route *route)
{
	struct dst_entry *dst = route->dst;

	if (ipv6_addr_any(&fl6->saddr) &&
	    ipv6_dev_get_saddr(net, ip6_dst_idev(dst)->dev, &fl6->daddr, 0,
			       &fl6->saddr) < 0) {
		dst_release(dst);
		return false;
	}
	dst = xfrm_lookup(net, dst, flowi6_to_flowi(fl6), NULL, 0);
	if (IS_ERR(dst))
		return false;
	route->dst = dst;
	return true;
}

static bool lookup6(struct net *net, u32 fwd, const struct in6_addr *daddr,
		    struct ip_vs_route *route)
{
	struct flowi6 fl6 = {
		.daddr = *daddr,
		.flowi6_flags = flow_flags(fwd),
	};

	route->dst = ip6_route_output(net, NULL, &fl6);
	if (route->dst->error) {
		dst_release(route->dst);
		return false;
	}
	if (fwd == IP_VS_CONN_F_TUNNEL && !source6(net, &fl6, route))
		return false;
	route->saddr.in6 = fl6.saddr;
	return true;
}

static bool lookup(struct net *net, u32 fwd, const union nf_inet_addr *daddr,
		   struct ip_vs_route *route)
{
	return route->family == AF_INET
		? lookup4(net, fwd, daddr->ip, route)
		: lookup6(net, fwd, &daddr->in6, route);
}

static struct dst_entry *cached(struct ip_vs_dest *dest,
				struct ip_vs_route *route)
{
	struct rtable *rt;

	if (route->family != AF_INET)
		return dst_cache_get_ip6(&dest->route, &route->saddr.in6);
	rt = dst_cache_get_ip4(&dest->route, &route->saddr.ip);
	return rt ? &rt->dst : NULL;
}

static void cache(struct ip_vs_dest *dest, struct ip_vs_route *route)
{
	if (route->family == AF_INET)
		dst_cache_set_ip4(&dest->route, route->dst, route->saddr.ip);
	else
		dst_cache_set_ip6(&dest->route, route->dst,
				  &route->saddr.in6);
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

bool ip_vs_route(struct net *net, struct ip_vs_dest *dest, u32 fwd,
		 const union nf_inet_addr *daddr, struct ip_vs_route *route)
{
	if (!dest || unlikely(READ_ONCE(dest->cfg.fwd) != fwd))
		return lookup(net, fwd, daddr, route);
	route->dst = cached(dest, route);
	if (likely(route->dst))
		return true;
	if (!lookup(net, fwd, daddr, route))
		return false;
	note_local(dest, ip_vs_route_local(route));
	cache(dest, route);
	return true;
}

bool ip_vs_route_by_policy(struct net *net, u8 family)
{
#ifdef CONFIG_IP_MULTIPLE_TABLES
	if (family == AF_INET)
		return net->ipv4.fib_has_custom_rules;
#endif
#ifdef CONFIG_IPV6_MULTIPLE_TABLES
	if (family == AF_INET6)
		return net->ipv6.fib6_has_custom_rules;
#endif
	return false;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "route.h"

#include <net/addrconf.h>
#include <net/ip6_route.h>

static void note_local(struct ip_vs_dest *dest, bool local)
{
	if (local == test_bit(IP_VS_DEST_LOCAL, &dest->flags))
		return;
	if (local)
		set_bit(IP_VS_DEST_LOCAL, &dest->flags);
	else
		clear_bit(IP_VS_DEST_LOCAL, &dest->flags);
}

static u32 cookie_of(const struct ip_vs_route *route)
{
	return route->family == AF_INET
		? 0 : rt6_get_cookie((struct rt6_info *)route->dst);
}

/* @policy may have become out of date during the lookup. */
static void cache(struct net *net, struct ip_vs_dest *dest, bool policy,
		  struct ip_vs_cached_route *cached, struct ip_vs_route *route)
{
	if (policy != ip_vs_route_by_policy(net, route->family))
		return;
	cached->round |= policy ? IP_VS_ROUTE_KEYED : 0;
	cached->dst = route->dst;
	cached->saddr = route->saddr;
	cached->cookie = cookie_of(route);
	ip_vs_route_cache_set(&dest->route, cached);
	route->counted = false;
}

static bool lookup_and_cache(struct net *net, struct ip_vs_dest *dest,
			     bool policy, struct ip_vs_cached_route *cached,
			     struct ip_vs_route *route)
{
	cached->round = ip_vs_route_cache_round(&dest->route);
	if (policy && !READ_ONCE(dest->route.pins))
		ip_vs_route_cache_pins(&dest->route);
	if (!ip_vs_lookup(net, READ_ONCE(dest->cfg.fwd), &dest->addr,
			  policy ? &cached->key : NULL, route))
		return false;
	note_local(dest, ip_vs_route_local(route));
	cache(net, dest, policy, cached, route);
	return true;
}

bool ip_vs_route_find(struct net *net, struct ip_vs_dest *dest, u32 fwd,
		      const union nf_inet_addr *daddr,
		      struct ip_vs_route *route)
{
	bool policy = ip_vs_route_by_policy(net, route->family);
	struct ip_vs_cached_route cached = {};

	if (unlikely(policy))
		ip_vs_route_key_of(&cached.key, route->skb, fwd);
	route->counted = true;
	if (!dest || unlikely(READ_ONCE(dest->cfg.fwd) != fwd))
		return ip_vs_lookup(net, fwd, daddr,
				    policy ? &cached.key : NULL, route);
	if (unlikely(policy)) {
		route->dst = ip_vs_route_cache_get_keyed(&dest->route,
							 &cached.key,
							 &route->saddr);
		route->counted = !route->dst;
		if (route->dst)
			return true;
	}
	return lookup_and_cache(net, dest, policy, &cached, route);
}

static enum ip_vs_whose whose4(struct net *net, __be32 addr)
{
	switch (inet_addr_type(net, addr)) {
	case RTN_LOCAL:
		return IP_VS_OURS;
	case RTN_UNICAST:
		return IP_VS_ANOTHERS;
	default:
		return IP_VS_NOBODYS;
	}
}

static enum ip_vs_whose whose6(struct net *net, const struct in6_addr *addr)
{
	struct flowi6 fl6 = { .daddr = *addr };
	struct dst_entry *dst = ip6_route_output(net, NULL, &fl6);
	bool ours = !dst->error && ip_vs_dst_local(dst, AF_INET6);
	int type = ipv6_addr_type(addr);

	dst_release(dst);
	if (ours)
		return IP_VS_OURS;
	return type & IPV6_ADDR_UNICAST && !(type & IPV6_ADDR_LINKLOCAL)
		? IP_VS_ANOTHERS : IP_VS_NOBODYS;
}

enum ip_vs_whose ip_vs_addr_whose(struct net *net, u8 family,
				  const union nf_inet_addr *addr)
{
	return family == AF_INET ? whose4(net, addr->ip)
				 : whose6(net, &addr->in6);
}

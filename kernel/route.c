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

static bool lookup_and_cache(struct net *net, struct ip_vs_dest *dest,
			     const union nf_inet_addr *daddr,
			     struct ip_vs_route *route)
{
	struct ip_vs_cached_route cached = {
		.round = ip_vs_route_cache_round(&dest->route),
	};

	if (!lookup(net, READ_ONCE(dest->cfg.fwd), daddr, route))
		return false;
	note_local(dest, ip_vs_route_local(route));
	cached.dst = route->dst;
	cached.saddr = route->saddr;
	cached.cookie = cookie_of(route);
	ip_vs_route_cache_set(&dest->route, &cached);
	route->counted = false;
	return true;
}

bool ip_vs_route_find(struct net *net, struct ip_vs_dest *dest, u32 fwd,
		      const union nf_inet_addr *daddr,
		      struct ip_vs_route *route)
{
	route->counted = true;
	if (!dest || unlikely(READ_ONCE(dest->cfg.fwd) != fwd))
		return lookup(net, fwd, daddr, route);
	return lookup_and_cache(net, dest, daddr, route);
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

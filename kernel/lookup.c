// SPDX-License-Identifier: GPL-2.0-only
#include "lookup.h"

#include <linux/string.h>
#include <net/addrconf.h>
#include <net/fib_rules.h>
#include <net/inet_ecn.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/ip_fib.h>
#include <net/ipv6.h>
#include <net/l3mdev.h>
#include <net/lwtunnel.h>
#include <net/xfrm.h>
#include <uapi/linux/ip_vs.h>

/* The VRF that a packet is in: a local sender's has been on no device, and its own
 * route tells.
 */
static int vrf_of(const struct sk_buff *skb)
{
	if (!skb->dev && !skb_dst(skb))
		return 0;
	return l3mdev_master_ifindex_rcu(skb->dev ?: skb_dst(skb)->dev);
}

void ip_vs_route_key_of(struct ip_vs_route_key *key, const struct sk_buff *skb,
			u32 fwd)
{
	bool tunnel = fwd == IP_VS_CONN_F_TUNNEL;

	memset(key, 0, sizeof(*key));
	if (!skb)
		return;
	key->mark = skb->mark;
	key->l3mdev = vrf_of(skb);
	if (skb->dev && !tunnel)
		key->iif = skb->dev->ifindex;
	if (ip_hdr(skb)->version == 4) {
		key->tos = ip_hdr(skb)->tos & ~INET_ECN_MASK;
		key->saddr.ip = tunnel ? 0 : ip_hdr(skb)->saddr;
		return;
	}
	key->tos = ipv6_get_dsfield(ipv6_hdr(skb)) & ~INET_ECN_MASK;
	if (!tunnel)
		key->saddr.in6 = ipv6_hdr(skb)->saddr;
}

static const struct fib_rules_ops *rules(const struct net *net, u8 family)
{
#ifdef CONFIG_IP_MULTIPLE_TABLES
	if (family == AF_INET)
		return net->ipv4.rules_ops;
#endif
#ifdef CONFIG_IPV6_MULTIPLE_TABLES
	if (family == AF_INET6)
		return net->ipv6.fib6_rules_ops;
#endif
	return NULL;
}

static bool device_matters(const struct net *net, u8 family)
{
	const struct fib_rules_ops *ops = rules(net, family);
	const struct fib_rule *rule;

	if (!ops)
		return false;
	list_for_each_entry_rcu(rule, &ops->rules_list, list) {
		if (rule->iifname[0])
			return true;
	}
	return false;
}

/* By direct routing the packet keeps the virtual address, so the route must
 * carry the real server as next hop.
 */
static u8 flow_flags(u32 fwd)
{
	return FLOWI_FLAG_ANYSRC |
	       (fwd == IP_VS_CONN_F_DROUTE ? FLOWI_FLAG_KNOWN_NH : 0);
}

/* The source of a tunnel's packets is known only after the first lookup; rules
 * may look at it.
 */
static bool once_more(const struct net *net, u32 fwd,
		      const struct ip_vs_route *route)
{
	return fwd == IP_VS_CONN_F_TUNNEL && !ip_vs_route_local(route) &&
	       ip_vs_route_by_policy(net, route->family);
}

/* A route for forwarding: the stack makes them only where that is on, and never
 * with the real server as next hop. The stack does not know it, and takes it from no
 * device that goes (see dest.c).
 */
static struct rtable *forwarding4(const struct fib_result *res, __be32 daddr)
{
	const struct fib_nh_common *nhc = FIB_RES_NHC(*res);
	u16 flags = res->type == RTN_LOCAL ? RTCF_LOCAL : 0;
	struct rtable *rt;

	rt = rt_dst_alloc(nhc->nhc_dev, flags, res->type, false);
	if (!rt)
		return NULL;
	if (nhc->nhc_gw_family && nhc->nhc_scope == RT_SCOPE_LINK) {
		rt->rt_uses_gateway = 1;
		rt->rt_gw_family = nhc->nhc_gw_family;
		rt->rt_gw6 = nhc->nhc_gw.ipv6;
	} else {
		rt->rt_gw_family = AF_INET;
		rt->rt_gw4 = daddr;
	}
	ip_dst_init_metrics(&rt->dst, res->fi->fib_metrics);
	rt->dst.lwtstate = lwtstate_get(nhc->nhc_lwtstate);
	lwtunnel_set_redirect(&rt->dst);
	return rt;
}

/* The stack's own lookup takes packets for locally made ones, so the rules are
 * asked first.
 */
static bool input4(struct net *net, struct flowi4 *fl4, int iif,
		   struct ip_vs_route *route)
{
	struct fib_result res = {};
	struct rtable *rt;

	fl4->flowi4_iif = iif;
	if (__fib_lookup(net, fl4, &res, FIB_LOOKUP_NOREF) ||
	    (res.type != RTN_UNICAST && res.type != RTN_LOCAL))
		return false;
	rt = forwarding4(&res, fl4->daddr);
	if (!rt)
		return false;
	route->dst = &rt->dst;
	return true;
}

static bool output4(struct net *net, struct flowi4 *fl4,
		    struct ip_vs_route *route)
{
	struct rtable *rt = ip_route_output_key(net, fl4);

	if (IS_ERR(rt))
		return false;
	route->dst = &rt->dst;
	route->saddr.ip = fl4->saddr;
	return true;
}

static bool lookup4(struct net *net, u32 fwd, __be32 daddr,
		    const struct ip_vs_route_key *key,
		    struct ip_vs_route *route)
{
	struct flowi4 fl4 = {
		.daddr = daddr,
		.saddr = key->saddr.ip,
		.flowi4_mark = key->mark,
		.flowi4_tos = key->tos & IPTOS_RT_MASK,
		.flowi4_flags = flow_flags(fwd),
		.flowi4_l3mdev = key->l3mdev,
	};

	if (key->iif && device_matters(net, AF_INET))
		return input4(net, &fl4, key->iif, route);
	if (!output4(net, &fl4, route))
		return false;
	if (likely(!once_more(net, fwd, route)))
		return true;
	dst_release(route->dst);
	return output4(net, &fl4, route);
}

static bool output6(struct net *net, struct flowi6 *fl6,
		    struct ip_vs_route *route)
{
	route->dst = ip6_route_output(net, NULL, fl6);
	if (!route->dst->error)
		return true;
	dst_release(route->dst);
	return false;
}

static bool input6(struct net *net, struct flowi6 *fl6, int iif,
		   struct ip_vs_route *route)
{
	struct net_device *dev = dev_get_by_index_rcu(net, iif);

	if (!dev)
		return false;
	fl6->flowi6_iif = iif;
	route->dst = ip6_route_input_lookup(net, dev, fl6, NULL,
					    RT6_LOOKUP_F_HAS_SADDR);
	if (!route->dst->error)
		return true;
	dst_release(route->dst);
	return false;
}

/* A tunnel's packets are our own: they need a source, and IPsec may want them.
 */
static bool own6(struct net *net, struct flowi6 *fl6,
		 struct ip_vs_route *route)
{
	struct dst_entry *dst = route->dst;

	if (ipv6_addr_any(&fl6->saddr) &&
	    ipv6_dev_get_saddr(net, ip6_dst_idev(dst)->dev, &fl6->daddr, 0,
			       &fl6->saddr) < 0) {
		dst_release(dst);
		return false;
	}
	if (unlikely(once_more(net, IP_VS_CONN_F_TUNNEL, route))) {
		dst_release(dst);
		if (!output6(net, fl6, route))
			return false;
	}
	dst = xfrm_lookup(net, route->dst, flowi6_to_flowi(fl6), NULL, 0);
	if (IS_ERR(dst))
		return false;
	route->dst = dst;
	return true;
}

static bool lookup6(struct net *net, u32 fwd, const struct in6_addr *daddr,
		    const struct ip_vs_route_key *key,
		    struct ip_vs_route *route)
{
	struct flowi6 fl6 = {
		.daddr = *daddr,
		.saddr = key->saddr.in6,
		.flowlabel = ip6_make_flowinfo(key->tos, 0),
		.flowi6_mark = key->mark,
		.flowi6_flags = flow_flags(fwd),
		.flowi6_l3mdev = key->l3mdev,
	};

	if (key->iif && device_matters(net, AF_INET6))
		return input6(net, &fl6, key->iif, route);
	if (!output6(net, &fl6, route))
		return false;
	if (fwd == IP_VS_CONN_F_TUNNEL && !own6(net, &fl6, route))
		return false;
	route->saddr.in6 = fl6.saddr;
	return true;
}

static bool lookup(struct net *net, u32 fwd, const union nf_inet_addr *daddr,
		   const struct ip_vs_route_key *key,
		   struct ip_vs_route *route)
{
	return route->family == AF_INET
		? lookup4(net, fwd, daddr->ip, key, route)
		: lookup6(net, fwd, &daddr->in6, key, route);
}

bool ip_vs_lookup(struct net *net, u32 fwd, const union nf_inet_addr *daddr,
		  const struct ip_vs_route_key *key,
		  struct ip_vs_route *route)
{
	const struct ip_vs_route_key any = { .l3mdev = key ? key->l3mdev : 0 };

	if (key) {
		if (!lookup(net, fwd, daddr, key, route))
			return false;
		if (!ip_vs_route_local(route))
			return true;
		dst_release(route->dst);
	}
	return lookup(net, fwd, daddr, &any, route);
}

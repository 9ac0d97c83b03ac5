// SPDX-License-Identifier: GPL-2.0-only
#include "xmit.h"

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/netfilter.h>
#include <net/dst.h>
#include <net/icmp.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>

#include "discard.h"
#include "encap.h"
#include "nat.h"
#include "nfct.h"
#include "output.h"
#include "route.h"

static noinline void tell_sender4(const struct ip_vs_xmit *x,
				  struct sk_buff *skb, u8 type, u8 code,
				  u32 info)
{
	ip_vs_speak_for(x->net, skb, AF_INET);
	icmp_send(skb, type, code, htonl(info));
}

static void tell_sender6(const struct ip_vs_xmit *x, struct sk_buff *skb,
			 u8 type, u8 code, u32 info)
{
	ip_vs_speak_for(x->net, skb, AF_INET6);
	icmpv6_send(skb, type, code, info);
}

/* There is no way to the real server: the sender hears of it, and need not wait
 * (RFC 1812, 5.2.7.1; RFC 4443, 3.1).
 */
static noinline void tell_unreachable(const struct ip_vs_xmit *x,
				      struct sk_buff *skb, u8 family)
{
	ip_vs_speak_for(x->net, skb, family);
	dst_link_failure(skb);
}

/* Nothing with a loopback source leaves the host, and the world is not let in
 * to loopback addresses.
 */
static bool from_loopback(const struct sk_buff *skb, u8 family)
{
	if (family == AF_INET)
		return ipv4_is_loopback(ip_hdr(skb)->saddr);
	return ipv6_addr_loopback(&ipv6_hdr(skb)->saddr);
}

static bool is_loopback(const union nf_inet_addr *addr, u8 family)
{
	return family == AF_INET ? ipv4_is_loopback(addr->ip)
				 : ipv6_addr_loopback(&addr->in6);
}

/* May a packet of @family from here go there? */
static __always_inline bool
crosses_boundary(const struct ip_vs_xmit *x, const struct sk_buff *skb,
		 u8 family, const struct ip_vs_route *route,
		 const union nf_inet_addr *daddr)
{
	if (!ip_vs_route_local(route))
		return from_loopback(skb, family);
	return x->hook != NF_INET_LOCAL_OUT &&
	       is_loopback(daddr, route->family) &&
	       !(skb->dev && skb->dev->flags & IFF_LOOPBACK);
}

/* What keeps a packet from leaving, as it is counted (see discard.h); 0: nothing. */

static __always_inline int decrement_ttl4(const struct ip_vs_xmit *x,
					 struct sk_buff *skb)
{
	if (ip_hdr(skb)->ttl <= 1) {
		tell_sender4(x, skb, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, 0);
		return IPSTATS_MIB_INHDRERRORS;
	}
	if (skb_ensure_writable(skb, sizeof(struct iphdr)))
		return IPSTATS_MIB_INDISCARDS;
	ip_decrease_ttl(ip_hdr(skb));
	/* The stack has put our address or the time into its options. */
	if (unlikely(IPCB(skb)->opt.is_changed))
		ip_send_check(ip_hdr(skb));
	return 0;
}

static int decrement_ttl6(const struct ip_vs_xmit *x, struct sk_buff *skb)
{
	if (ipv6_hdr(skb)->hop_limit <= 1) {
		tell_sender6(x, skb, ICMPV6_TIME_EXCEED, ICMPV6_EXC_HOPLIMIT,
			     0);
		return IPSTATS_MIB_INHDRERRORS;
	}
	if (skb_ensure_writable(skb, sizeof(struct ipv6hdr)))
		return IPSTATS_MIB_INDISCARDS;
	ipv6_hdr(skb)->hop_limit--;
	return 0;
}

/* RFC 1191: the sender asked not to be fragmented, so it must hear of it. */
static __always_inline bool too_big4(const struct ip_vs_xmit *x,
				     struct sk_buff *skb, unsigned int mtu)
{
	if (likely(!ip_vs_exceeds(skb, mtu)) || x->error ||
	    !(ip_hdr(skb)->frag_off & htons(IP_DF)))
		return false;
	tell_sender4(x, skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, mtu);
	return true;
}

/* RFC 8201: routers fragment nothing; what came in fragments goes on in ones
 * of that size.
 */
static bool too_big6(const struct ip_vs_xmit *x, struct sk_buff *skb,
		     unsigned int mtu)
{
	unsigned int fragment = IP6CB(skb)->frag_max_size;

	if (likely(fragment ? fragment <= mtu : !ip_vs_exceeds(skb, mtu)) || x->error)
		return false;
	tell_sender6(x, skb, ICMPV6_PKT_TOOBIG, 0, mtu);
	return true;
}

/* From here on the packet is ours: neither an early demultiplexed socket nor
 * our own hooks have a claim to it. When it came is no time to send it at, as a
 * local sender's may be (SO_TXTIME).
 */
static __always_inline void set_route(struct sk_buff *skb,
				      const struct ip_vs_route *route)
{
	skb->ipvs_property = 1;
	if (skb->dev) {
		skb_orphan(skb);
		skb_clear_tstamp(skb);
	}
	ip_vs_route_give(route, skb);
	skb->ignore_df = 1;
}

static __always_inline void send_as_is(const struct ip_vs_xmit *x,
				       struct sk_buff *skb,
				       const struct ip_vs_route *route)
{
	set_route(skb, route);
	skb_forward_csum(skb);
	ip_vs_output(x->net, skb, route->family, x->owner,
		     skb->len <= route->mtu);
}

/* What ip_local_out() and ip6_local_out() would set. */
static void seal_outer(struct sk_buff *skb, u8 family)
{
	unsigned int length = skb->len;

	if (family == AF_INET) {
		skb->protocol = htons(ETH_P_IP);
		ip_hdr(skb)->tot_len = htons(length);
		ip_send_check(ip_hdr(skb));
		return;
	}
	length -= sizeof(struct ipv6hdr);
	skb->protocol = htons(ETH_P_IPV6);
	ipv6_hdr(skb)->payload_len =
		length > IPV6_MAXPLEN ? 0 : htons(length);
	IP6CB(skb)->nhoff = offsetof(struct ipv6hdr, nexthdr);
}

static void send_tunnel(const struct ip_vs_xmit *x, struct sk_buff *skb,
			const struct ip_vs_encap *e,
			const struct ip_vs_route *route,
			const union nf_inet_addr *daddr)
{
	bool df = x->pmtu_disc && e->inner == AF_INET &&
		  ip_hdr(skb)->frag_off & htons(IP_DF);

	if (!ip_vs_encap(skb, e, route, daddr, df)) {
		ip_vs_route_put(route);
		ip_vs_discard(x->net, skb, e->inner, ip_vs_discards(x->hook));
		return;
	}
	set_route(skb, route);
	seal_outer(skb, e->family);
	ip_vs_output(x->net, skb, e->family, x->owner,
		     skb->len <= route->mtu);
}

/* A local sender learns the width of the tunnel at once. */
static void tell_local_sender(struct sk_buff *skb, unsigned int mtu)
{
	struct dst_entry *dst = skb_dst(skb);

	if (skb->sk && sk_fullsock(skb->sk) && !skb->dev && dst)
		dst->ops->update_pmtu(dst, skb->sk, NULL, mtu, true);
}

static __always_inline int fits4(const struct ip_vs_xmit *x,
				 struct sk_buff *skb, unsigned int mtu,
				 bool tunnel)
{
	int why = decrement_ttl4(x, skb);

	if (likely(!why) && (!tunnel || x->pmtu_disc) && too_big4(x, skb, mtu))
		return IPSTATS_MIB_FRAGFAILS;
	return why;
}

static int fits6(const struct ip_vs_xmit *x, struct sk_buff *skb,
		 unsigned int mtu)
{
	int why = decrement_ttl6(x, skb);

	if (!why && too_big6(x, skb, mtu))
		return x->hook == NF_INET_LOCAL_OUT ? IPSTATS_MIB_FRAGFAILS
						    : IPSTATS_MIB_INTOOBIGERRORS;
	return why;
}

/* dst_mtu(), without the call. Where nothing narrows a route of IPv4, it is as wide as
 * its device.
 */
static __always_inline unsigned int width(const struct dst_entry *dst,
					  u8 family)
{
	const struct rtable *rt = (const struct rtable *)dst;

	if (unlikely(dst_xfrm(dst) || dst->lwtstate))
		return dst_mtu(dst);
	if (family != AF_INET)
		return ip6_dst_mtu_maybe_forward(dst, false);
	if (unlikely(rt->rt_pmtu || rt->rt_mtu_locked ||
		     dst_metric_raw(dst, RTAX_MTU) ||
		     dst_metric_raw(dst, RTAX_LOCK)))
		return dst_mtu(dst);
	return min_t(unsigned int, READ_ONCE(dst->dev->mtu), IP_MAX_MTU);
}

/* Would the outer header have to say more octets than it can? What was put
 * together from fragments may be as long as a packet can be.
 */
static bool overflows(const struct sk_buff *skb, const struct ip_vs_encap *e)
{
	unsigned int length = skb->len + ip_vs_encap_overhead(e);

	if (e->family != AF_INET)
		length -= sizeof(struct ipv6hdr);
	return length > IP_MAX_MTU && !skb_is_gso(skb);
}

/* What every method asks of a packet of @family that leaves the host. */
static __always_inline int fits(const struct ip_vs_xmit *x,
				struct sk_buff *skb, u8 family,
				struct ip_vs_route *route,
				const struct ip_vs_encap *tunnel)
{
	unsigned int mtu = width(route->dst, route->family);

	route->mtu = mtu;
	if (tunnel)
		mtu = ip_vs_encap_room(mtu, ip_vs_encap_overhead(tunnel),
				       tunnel->inner);
	if (!mtu)
		return IPSTATS_MIB_INDISCARDS;
	if (tunnel) {
		tell_local_sender(skb, mtu);
		if (unlikely(skb->len > mtu) && overflows(skb, tunnel))
			return IPSTATS_MIB_FRAGFAILS;
	}
	return family == AF_INET ? fits4(x, skb, mtu, tunnel)
				 : fits6(x, skb, mtu);
}

static bool rewrite(struct sk_buff *skb, const struct ip_vs_packet *p,
		    const struct ip_vs_conn *c, bool error)
{
	if (ip_vs_conn_fwd(c) != IP_VS_CONN_F_MASQ)
		return true;
	return error ? ip_vs_nat_error(skb, p, c, IP_VS_DIR_CLIENT)
		     : ip_vs_nat_packet(skb, p, c, IP_VS_DIR_CLIENT);
}

/* Is the packet still for whom it was addressed to? */
static bool same_address(const struct ip_vs_conn *c, u8 family)
{
	return ip_vs_conn_fwd(c) != IP_VS_CONN_F_MASQ ||
	       (ip_vs_conn_vport(c) == ip_vs_conn_dport(c) &&
		ip_vs_addr_equal(family, ip_vs_conn_vaddr(c),
				 ip_vs_conn_daddr(c)));
}

/* To a real server on this host: the packet goes on where it is. One that was
 * on its way out gets the local route, which must be of its own family, for
 * longer than we know. An early demultiplexed socket has no claim to what has
 * got another address.
 */
static unsigned int stay_local(const struct ip_vs_xmit *x, struct sk_buff *skb,
			       const struct ip_vs_conn *c, u8 family,
			       const struct ip_vs_route *route)
{
	bool leaving = !ip_vs_dst_local(skb_dst(skb), family);

	if (leaving && x->hook == NF_INET_LOCAL_OUT &&
	    family == route->family) {
		ip_vs_route_give(route, skb);
		leaving = !skb_dst_force(skb);
	} else {
		ip_vs_route_put(route);
	}
	if (leaving) {
		ip_vs_discard(x->net, skb, family, ip_vs_discards(x->hook));
		return NF_STOLEN;
	}
	skb->ipvs_property = 1;
	if (skb->dev && !same_address(c, family))
		skb_orphan(skb);
	return NF_ACCEPT;
}

/* @ipv4: the packet and the real server's address are of IPv4, as most are; then
 * nothing need ask for families.
 */
static __always_inline unsigned int xmit(const struct ip_vs_xmit *x,
					 struct sk_buff *skb,
					 const struct ip_vs_packet *p,
					 struct ip_vs_conn *c, const bool ipv4)
{
	u8 family = ipv4 ? AF_INET : p->tuple.k.family;
	u8 outer = ipv4 ? AF_INET : ip_vs_conn_dfamily(c);
	struct ip_vs_dest *dest = rcu_dereference(c->dest);
	const union nf_inet_addr *daddr = ip_vs_conn_daddr(c);
	u32 fwd = ip_vs_conn_fwd(c);
	struct ip_vs_encap encap __uninitialized, *tunnel = NULL;
	struct ip_vs_route route __uninitialized;
	bool local;
	int why = 0;

	route.family = outer;
	route.skb = skb;
	if (fwd == IP_VS_CONN_F_TUNNEL) {
		ip_vs_encap_plan(&encap, dest, skb, family, outer);
		tunnel = &encap;
	}
	if (!ip_vs_route(x->net, dest, fwd, daddr, &route)) {
		tell_unreachable(x, skb, family);
		why = IPSTATS_MIB_OUTNOROUTES;
		goto drop;
	}
	local = ip_vs_route_local(&route);
	if (unlikely(crosses_boundary(x, skb, family, &route, daddr)))
		goto put;
	if (!local) {
		why = fits(x, skb, family, &route, tunnel);
		if (unlikely(why))
			goto put;
	}
	if (!rewrite(skb, p, c, x->error) ||
	    !ip_vs_nfct_settle(skb, c, IP_VS_DIR_CLIENT, local))
		goto put;
	if (unlikely(local))
		return stay_local(x, skb, c, family, &route);
	if (tunnel)
		send_tunnel(x, skb, tunnel, &route, daddr);
	else
		send_as_is(x, skb, &route);
	return NF_STOLEN;

put:
	ip_vs_route_put(&route);
drop:
	ip_vs_discard(x->net, skb, family, why ?: ip_vs_discards(x->hook));
	return NF_STOLEN;
}

unsigned int ip_vs_xmit(const struct ip_vs_xmit *x, struct sk_buff *skb,
			const struct ip_vs_packet *p, struct ip_vs_conn *c)
{
	if (likely(p->tuple.k.family == AF_INET &&
		   ip_vs_conn_dfamily(c) == AF_INET))
		return xmit(x, skb, p, c, true);
	return xmit(x, skb, p, c, false);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "xmit.h"

#include <linux/icmp.h>
#include <linux/netfilter_ipv4.h>
#include <net/dst.h>
#include <net/gso.h>
#include <net/icmp.h>
#include <net/ip.h>
#include <net/netfilter/nf_conntrack.h>

#include "encap.h"
#include "nat.h"
#include "route.h"

void ip_vs_untrack(struct sk_buff *skb)
{
#if IS_ENABLED(CONFIG_NF_CONNTRACK)
	if (skb_get_nfct(skb) == IP_CT_UNTRACKED)
		return;
	nf_reset_ct(skb);
	nf_ct_set(skb, NULL, IP_CT_UNTRACKED);
#endif
}

/* May a packet from here go there? Nothing with a loopback source leaves the
 * host, and the world is not let in to loopback addresses.
 */
static bool crosses_boundary(const struct ip_vs_xmit *x,
			     const struct sk_buff *skb, const struct rtable *rt,
			     __be32 daddr)
{
	if (!ip_vs_rt_local(rt))
		return ipv4_is_loopback(ip_hdr(skb)->saddr);
	return x->hook != NF_INET_LOCAL_OUT && ipv4_is_loopback(daddr) &&
	       !(skb->dev && skb->dev->flags & IFF_LOOPBACK);
}

static bool decrement_ttl(const struct ip_vs_xmit *x, struct sk_buff *skb)
{
	if (ip_hdr(skb)->ttl <= 1) {
		__IP_INC_STATS(x->net, IPSTATS_MIB_INHDRERRORS);
		icmp_send(skb, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, 0);
		return false;
	}
	if (skb_ensure_writable(skb, sizeof(struct iphdr)))
		return false;
	ip_decrease_ttl(ip_hdr(skb));
	return true;
}

static bool exceeds(const struct sk_buff *skb, unsigned int mtu)
{
	if (skb_is_gso(skb))
		return !skb_gso_validate_network_len(skb, mtu);
	return skb->len > mtu;
}

/* RFC 1191: the sender asked not to be fragmented, so it must hear of it. */
static bool too_big(struct sk_buff *skb, unsigned int mtu, bool error)
{
	if (likely(!exceeds(skb, mtu)) || error ||
	    !(ip_hdr(skb)->frag_off & htons(IP_DF)))
		return false;
	icmp_send(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, htonl(mtu));
	return true;
}

/* From here on the packet is ours: neither an early demultiplexed socket nor
 * connection tracking nor our own hooks have a claim to it.
 */
static void take_over(struct sk_buff *skb)
{
	skb->ipvs_property = 1;
	if (skb->dev)
		skb_orphan(skb);
	ip_vs_untrack(skb);
}

static void set_route(struct sk_buff *skb, struct rtable *rt)
{
	take_over(skb);
	skb_dst_drop(skb);
	skb_dst_set(skb, &rt->dst);
	skb->ignore_df = 1;
	skb_clear_tstamp(skb);
}

/* Is our own hook, which lets pass what we send, the only one on the way out?
 * Then the walk to it can be spared. RCU.
 */
static bool nobody_else_listens(const struct ip_vs_xmit *x)
{
	const struct nf_hook_entries *e;

	e = rcu_dereference(x->net->nf.hooks_ipv4[NF_INET_LOCAL_OUT]);
	return e && e->num_hook_entries == 1 && e->hooks[0].priv == x->owner;
}

static void send4(const struct ip_vs_xmit *x, struct sk_buff *skb,
		  struct rtable *rt)
{
	set_route(skb, rt);
	skb_forward_csum(skb);
	if (nobody_else_listens(x))
		dst_output(x->net, NULL, skb);
	else
		NF_HOOK(NFPROTO_IPV4, NF_INET_LOCAL_OUT, x->net, NULL, skb,
			NULL, rt->dst.dev, dst_output);
}

static void send_ipip(const struct ip_vs_xmit *x, struct sk_buff *skb,
		      const struct ip_vs_route4 *route, __be32 daddr)
{
	bool df = x->pmtu_disc && ip_hdr(skb)->frag_off & htons(IP_DF);

	if (!ip_vs_encap_ipip(skb, route, daddr, df)) {
		ip_rt_put(route->rt);
		kfree_skb(skb);
		return;
	}
	set_route(skb, route->rt);
	ip_local_out(x->net, skb->sk, skb);
}

/* A local sender learns the width of the tunnel at once. */
static void tell_local_sender(struct sk_buff *skb, unsigned int mtu)
{
	struct dst_entry *dst = skb_dst(skb);

	if (skb->sk && sk_fullsock(skb->sk) && !skb->dev && dst)
		dst->ops->update_pmtu(dst, skb->sk, NULL, mtu, true);
}

/* Octets that fit through to the real server. */
static unsigned int path_mtu(const struct rtable *rt, u32 fwd)
{
	unsigned int mtu = dst_mtu(&rt->dst), overhead;

	if (fwd != IP_VS_CONN_F_TUNNEL)
		return mtu;
	overhead = ip_vs_encap_overhead();
	return mtu > overhead ? mtu - overhead : 0;
}

/* What every method asks of a packet that leaves the host. */
static bool may_leave(const struct ip_vs_xmit *x, struct sk_buff *skb,
		      const struct rtable *rt, u32 fwd, bool error)
{
	bool tunnel = fwd == IP_VS_CONN_F_TUNNEL;
	unsigned int mtu = path_mtu(rt, fwd);

	if (tunnel && mtu < IPV4_MIN_MTU)
		return false;
	if (tunnel)
		tell_local_sender(skb, mtu);
	if ((!tunnel || x->pmtu_disc) && too_big(skb, mtu, error))
		return false;
	return decrement_ttl(x, skb);
}

static bool rewrite(struct sk_buff *skb, const struct ip_vs_packet *p,
		    const struct ip_vs_conn *c, bool error)
{
	if (ip_vs_conn_fwd(c) != IP_VS_CONN_F_MASQ)
		return true;
	return error ? ip_vs_nat_error(skb, p, c, IP_VS_DIR_CLIENT)
		     : ip_vs_nat_packet(skb, p, c, IP_VS_DIR_CLIENT);
}

/* To a real server on this host: the packet goes on where it is. One that was
 * on its way out gets the local route.
 */
static unsigned int stay_local(const struct ip_vs_xmit *x, struct sk_buff *skb,
			       struct rtable *rt)
{
	bool leaving = !ip_vs_rt_local(skb_rtable(skb));

	if (leaving && x->hook != NF_INET_LOCAL_OUT) {
		ip_rt_put(rt);
		kfree_skb(skb);
		return NF_STOLEN;
	}
	if (leaving) {
		skb_dst_drop(skb);
		skb_dst_set(skb, &rt->dst);
	} else {
		ip_rt_put(rt);
	}
	skb->ipvs_property = 1;
	return NF_ACCEPT;
}

unsigned int ip_vs_xmit4(const struct ip_vs_xmit *x, struct sk_buff *skb,
			 const struct ip_vs_packet *p, struct ip_vs_conn *c,
			 bool error)
{
	struct ip_vs_dest *dest = rcu_dereference(c->dest);
	__be32 daddr = ip_vs_conn_daddr(c)->ip;
	u32 fwd = ip_vs_conn_fwd(c);
	struct ip_vs_route4 route;

	if (!ip_vs_route4(x->net, dest, fwd, daddr, &route))
		goto drop;
	if (unlikely(crosses_boundary(x, skb, route.rt, daddr)))
		goto put;
	if (!ip_vs_rt_local(route.rt) &&
	    !may_leave(x, skb, route.rt, fwd, error))
		goto put;
	if (!rewrite(skb, p, c, error))
		goto put;
	if (unlikely(ip_vs_rt_local(route.rt)))
		return stay_local(x, skb, route.rt);
	if (fwd == IP_VS_CONN_F_TUNNEL)
		send_ipip(x, skb, &route, daddr);
	else
		send4(x, skb, route.rt);
	return NF_STOLEN;

put:
	ip_rt_put(route.rt);
drop:
	kfree_skb(skb);
	return NF_STOLEN;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "output.h"

#include <linux/inetdevice.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <net/dst.h>
#include <net/ip.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/l3mdev.h>
#include <net/neighbour.h>
#include <net/route.h>

/* Security modules look at every packet, from the places no one else takes, and
 * accept or drop it: what they let pass needs no way back into the stack.
 */
static bool only_security(const struct nf_hook_entries *e)
{
	struct nf_hook_ops *const *ops = nf_hook_entries_get_hook_ops(e);
	unsigned int i;

	for (i = 0; i < e->num_hook_entries; i++) {
		if (ops[i]->hook_ops_type != NF_HOOK_OP_UNDEFINED ||
		    (ops[i]->priority != NF_IP_PRI_SELINUX_FIRST &&
		     ops[i]->priority != NF_IP_PRI_SELINUX_LAST))
			return false;
	}
	return true;
}

/* Does nothing on the way of the stack's own output concern this packet: no
 * filter, IPsec, lightweight tunnel, multicast, fragmenting, segmenting, no
 * missing headroom? (What stands between ip_output() and the neighbour, see
 * net/ipv4/ip_output.c and net/ipv6/ip6_output.c.)
 */
static __always_inline bool way_is_empty(const struct sk_buff *skb, u8 family)
{
	const struct dst_entry *dst = skb_dst(skb);
	unsigned int fragments = family == AF_INET ? IPCB(skb)->frag_max_size
						   : IP6CB(skb)->frag_max_size;

	return !fragments && !netif_is_l3_slave(dst->dev) &&
	       !skb_is_gso(skb) && !dst->lwtstate &&
	       dst->output == (family == AF_INET ? ip_output : ip6_output) &&
	       skb_headroom(skb) >= LL_RESERVED_SPACE(dst->dev);
}

static struct neighbour *neighbour4(struct sk_buff *skb, bool *of6)
{
	struct neighbour *n = ip_neigh_for_gw(skb_rtable(skb), skb, of6);

	return IS_ERR(n) ? NULL : n;
}

/* Only one that is there already: the rest is the stack's. */
static struct neighbour *neighbour6(struct sk_buff *skb)
{
	const struct rt6_info *rt = (const struct rt6_info *)skb_dst(skb);
	const struct inet6_dev *idev = ip6_dst_idev(skb_dst(skb));

	if (unlikely(!idev || READ_ONCE(idev->cnf.disable_ipv6)))
		return NULL;
	return __ipv6_neigh_lookup_noref(rt->dst.dev,
					 rt6_nexthop(rt, &ipv6_hdr(skb)->daddr));
}

static __always_inline void count(struct net *net, const struct sk_buff *skb,
				  u8 family)
{
	if (family == AF_INET)
		IP_UPD_PO_STATS(net, IPSTATS_MIB_OUT, skb->len);
	else
		IP6_UPD_PO_STATS(net, ip6_dst_idev(skb_dst(skb)),
				 IPSTATS_MIB_OUT, skb->len);
}

/* The walk of nf_hook_slow() with what such hooks can say: accept or drop. */
static __always_inline bool all_accept(struct sk_buff *skb,
				       struct nf_hook_state *state,
				       const struct nf_hook_entries *e)
{
	unsigned int i;

	for (i = 0; i < e->num_hook_entries; i++) {
		if (likely(nf_hook_entry_hookfn(&e->hooks[i], skb, state) ==
			   NF_ACCEPT))
			continue;
		kfree_skb(skb);
		return false;
	}
	return true;
}

/* What ip_output() does, and nothing of what comes after it. False: dropped. */
static __always_inline bool
security_agrees(struct net *net, struct sk_buff *skb, u8 family,
		const struct nf_hook_entries *e)
{
	struct nf_hook_state state __uninitialized;
	struct net_device *in = skb->dev, *out = skb_dst(skb)->dev;

	skb->dev = out;
	skb->protocol = family == AF_INET ? htons(ETH_P_IP)
					  : htons(ETH_P_IPV6);
	if (!e)
		return true;
	nf_hook_state_init(&state, NF_INET_POST_ROUTING, family, in, out, NULL,
			   net, dst_output);
	return all_accept(skb, &state, e);
}

/* False: somebody has to see the packet first. */
static __always_inline bool straight_out(struct net *net, struct sk_buff *skb,
					 u8 family)
{
	const struct nf_hook_entries *e;
	struct neighbour *n;
	bool of6 = family != AF_INET;

	e = ip_vs_listeners(net, family, NF_INET_POST_ROUTING);
	if (!way_is_empty(skb, family) || (e && !only_security(e)))
		return false;
	n = of6 ? neighbour6(skb) : neighbour4(skb, &of6);
	if (unlikely(!n))
		return false;
	count(net, skb, family);
	/* A cached hardware header has the type of the neighbour's family. */
	if (security_agrees(net, skb, family, e))
		neigh_output(n, skb, of6 && family == AF_INET);
	return true;
}

/* A filter may queue the packet and set it on its way later. */
static noinline void output_filtered(struct net *net, struct sk_buff *skb,
				     u8 family)
{
	NF_HOOK(family, NF_INET_LOCAL_OUT, net, NULL, skb, NULL,
		skb_dst(skb)->dev, dst_output);
}

void ip_vs_output(struct net *net, struct sk_buff *skb, u8 family,
		  const void *owner, bool fits)
{
	bool sent = false;

	/* Of the family of no service there is no hook of ours. */
	if (unlikely(!ip_vs_alone_at(net, family, NF_INET_LOCAL_OUT, owner))) {
		output_filtered(net, skb, family);
		return;
	}
	if (likely(fits))
		sent = family == AF_INET ? straight_out(net, skb, AF_INET)
					 : straight_out(net, skb, AF_INET6);
	if (!sent)
		dst_output(net, NULL, skb);
}

/* What came to us is answered in its destination's name. Rules may have brought
 * it though the address is no host's of ours, which icmp_send() cannot use: it
 * takes one of ours where the route is not a local one. It answers nothing that
 * is for many (RFC 1122, 3.2.2), as the route tells it.
 */
static void speak_for4(struct net *net, struct sk_buff *skb)
{
	struct flowi4 fl4 = {
		.daddr = ip_hdr(skb)->saddr,
		.flowi4_oif = l3mdev_master_ifindex_rcu(skb->dev),
	};
	struct rtable *rt = skb_rtable(skb);

	if (!rt || rt->rt_type != RTN_LOCAL ||
	    __ip_dev_find(net, ip_hdr(skb)->daddr, false))
		return;
	rt = ip_route_output_key(net, &fl4);
	if (IS_ERR(rt))
		return;
	skb_dst_drop(skb);
	skb_dst_set(skb, &rt->dst);
}

/* A local client's packet has been on no device: its route tells of a VRF. */
void ip_vs_speak_for(struct net *net, struct sk_buff *skb, u8 family)
{
	if (!skb->dev && skb_dst(skb))
		skb->dev = skb_dst(skb)->dev;
	if (family == AF_INET)
		speak_for4(net, skb);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "input.h"

#include <linux/inetdevice.h>
#include <linux/netfilter_bridge.h>
#include <net/dst_metadata.h>
#include <net/inet_ecn.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/ip_fib.h>
#include <net/ipv6.h>
#include <net/route.h>

#include "concern.h"
#include "discard.h"
#include "dst_plain.h"
#include "flow.h"
#include "limits.h"
#include "lookup.h"
#include "output.h"
#include "packet.h"

/* By which route a CPU's packets for an address and from a device came in last. It is
 * good until the stack says otherwise, as that of an early demultiplexed socket is
 * (sk_rx_dst in net/ipv4/tcp_ipv4.c).
 */
struct ip_vs_input {
	struct dst_entry *dst;		/* a reference, or NULL */
	u32 cookie;			/* for dst->ops->check() */
	int iif;
	union nf_inet_addr daddr;
	u8 family;
};

struct ip_vs_inputs {
	struct ip_vs_input slots[1 << IP_VS_INPUT_BITS];
};

static void learn_addresses(struct ip_vs_net *ns, const struct net_device *dev)
{
	const struct in_device *in_dev = __in_dev_get_rcu(dev);
	const struct in_ifaddr *ifa;

	if (!in_dev)
		return;
	in_dev_for_each_ifa_rcu(ifa, in_dev)
		ip_vs_addr_filter_add(&ns->own, AF_INET,
				      (const void *)&ifa->ifa_local);
}

int ip_vs_inputs_open(struct ip_vs_net *ns)
{
	struct net_device *dev;

	if (ns->inputs)
		return 0;
	ns->inputs = alloc_percpu(struct ip_vs_inputs);
	if (!ns->inputs)
		return -ENOMEM;
	rcu_read_lock();
	for_each_netdev_rcu(ns->net, dev)
		learn_addresses(ns, dev);
	rcu_read_unlock();
	return 0;
}

void ip_vs_inputs_forget(struct ip_vs_net *ns)
{
	struct ip_vs_inputs *inputs;
	int cpu, i;

	if (!READ_ONCE(ns->inputs))
		return;
	for_each_possible_cpu(cpu) {
		inputs = per_cpu_ptr(ns->inputs, cpu);
		for (i = 0; i < ARRAY_SIZE(inputs->slots); i++)
			dst_release(xchg(&inputs->slots[i].dst, NULL));
	}
}

void ip_vs_inputs_exit(struct ip_vs_net *ns)
{
	ip_vs_inputs_forget(ns);
	free_percpu(ns->inputs);
	ns->inputs = NULL;
}

static bool fits(const struct ip_vs_net *ns, u8 family)
{
	return !READ_ONCE(ns->detour[family != AF_INET]) &&
	       ip_vs_alone_at(ns->net, family, NF_INET_LOCAL_IN, ns) &&
	       ip_vs_alone_at(ns->net, family, NF_INET_FORWARD, ns) &&
	       !ip_vs_route_by_policy(ns->net, family) &&
	       !ip_vs_ipsec_minds(ns->net, XFRM_POLICY_FWD) &&
	       !ip_vs_ipsec_minds(ns->net, XFRM_POLICY_OUT);
}

/* Does the stack ask of IPv4 sources what only it can, everywhere or at a device? */
static bool asks_everywhere(struct net *net)
{
	return net->ipv4.fib_has_custom_local_routes ||
	       fib_num_tclassid_users(net);
}

static bool asks_somewhere(struct net *net)
{
	struct net_device *dev;
	struct in_device *in_dev;

	for_each_netdev_rcu(net, dev) {
		in_dev = __in_dev_get_rcu(dev);
		if (in_dev && IN_DEV_RPFILTER(in_dev))
			return true;
	}
	return asks_everywhere(net);
}

bool ip_vs_input_fits(const struct ip_vs_net *ns, u8 family)
{
	bool yes;

	rcu_read_lock();
	yes = fits(ns, family) &&
	      (family != AF_INET || !asks_somewhere(ns->net));
	rcu_read_unlock();
	return yes;
}

static noinline void want_review(struct ip_vs_net *ns)
{
	queue_work(system_unbound_wq, &ns->review);
}

/* Clients' packets. */

static __always_inline struct ip_vs_input *
slot_of(struct ip_vs_net *ns, const struct sk_buff *skb, u8 family)
{
	u32 at = ip_vs_addr_hash(family, ip_vs_dst(skb, family),
				 IP_VS_INPUT_BITS) + skb->dev->ifindex;

	return &this_cpu_ptr(ns->inputs)->slots[at % (1 << IP_VS_INPUT_BITS)];
}

static __always_inline struct dst_entry *
remembered(const struct ip_vs_input *slot, const struct sk_buff *skb, u8 family)
{
	struct dst_entry *dst = READ_ONCE(slot->dst);

	if (unlikely(!dst || slot->family != family ||
		     slot->iif != skb->dev->ifindex ||
		     !ip_vs_addr_equal(family, &slot->daddr,
				       ip_vs_dst(skb, family))))
		return NULL;
	if (family == AF_INET ? unlikely(!ip_vs_dst4_valid(dst))
			      : unlikely(!ip_vs_dst6_valid(dst, slot->cookie)))
		return NULL;
	return dst;
}

/* Of a local sender's packet the route is one of output. */
static bool came_in(const struct dst_entry *dst, u8 family)
{
	const struct rtable *rt = (const struct rtable *)dst;

	if (dst->error || dst->lwtstate || !ip_vs_dst_local(dst, family))
		return false;
	return family != AF_INET ||
	       (rt->rt_type == RTN_LOCAL && rt_is_input_route(rt));
}

/* The slot is this CPU's: who uses what was in it does so in its RCU section. */
void ip_vs_input_learn(struct ip_vs_net *ns, const struct sk_buff *skb,
		       u8 family)
{
	struct ip_vs_input *slot = slot_of(ns, skb, family);
	struct dst_entry *dst = skb_dst(skb);

	if (!dst || skb->dev->flags & IFF_LOOPBACK ||
	    remembered(slot, skb, family) || !came_in(dst, family) ||
	    !dst_hold_safe(dst))
		return;
	dst_release(xchg(&slot->dst, NULL));
	slot->cookie = family == AF_INET
		? 0 : rt6_get_cookie((struct rt6_info *)dst);
	slot->iif = skb->dev->ifindex;
	ip_vs_addr_copy(family, &slot->daddr, ip_vs_dst(skb, family));
	slot->family = family;
	WRITE_ONCE(slot->dst, dst);
}

/* Would the stack ask nothing about the source but what is asked here? (See
 * ip_route_input_slow() and fib_validate_source() in net/ipv4; IPv6 asks nothing.)
 * Addresses that may be ours are in doubt.
 */
static bool source_passes(struct ip_vs_net *ns, const struct sk_buff *skb)
{
	struct in_device *in_dev = __in_dev_get_rcu(skb->dev);
	__be32 saddr = ip_hdr(skb)->saddr;

	if (unlikely(!in_dev || IN_DEV_RPFILTER(in_dev) ||
		     asks_everywhere(ns->net))) {
		want_review(ns);
		return false;
	}
	if (unlikely(ipv4_is_multicast(saddr) || ipv4_is_lbcast(saddr) ||
		     ipv4_is_zeronet(saddr) || ipv4_is_loopback(saddr)))
		return false;
	return !ip_vs_addr_filter_has(&ns->own, AF_INET,
				      ip_vs_src(skb, AF_INET));
}

static bool fragment6(const struct sk_buff *skb)
{
	return ipv6_hdr(skb)->nexthdr == NEXTHDR_FRAGMENT;
}

/* Nothing about it wants more of the stack; nor about fragments: flow.c puts them
 * together.
 */
static __always_inline bool simple(struct ip_vs_net *ns, struct sk_buff *skb,
				   u8 family)
{
	const struct iphdr *iph = ip_hdr(skb);

	if (unlikely(skb->_skb_refdst || skb->sk || skb_has_extensions(skb) ||
		     skb->pkt_type != PACKET_HOST))
		return false;
	if (family != AF_INET)
		return ip_vs_packet_header(ipv6_hdr(skb)->nexthdr) ||
		       fragment6(skb);
	return iph->ihl == 5 && ip_vs_packet_header(iph->protocol) &&
	       source_passes(ns, skb);
}

/* True: the packet is for this host; it has its route, borrowed for the RCU section.
 */
static __always_inline bool direct(struct ip_vs_net *ns, struct sk_buff *skb,
				   u8 family)
{
	struct dst_entry *dst;

	if (unlikely(!simple(ns, skb, family)))
		return false;
	dst = remembered(slot_of(ns, skb, family), skb, family);
	if (unlikely(!dst))
		return false;
	skb_dst_set_noref(skb, dst);
	return true;
}

/* What goes through, ahead of ip_forward() and ip6_forward(): an error of which they
 * would tell the sender is theirs to tell, while he still has his address.
 */

static bool forwards4(struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);

	if (ip_route_input_noref(skb, iph->daddr, iph->saddr,
				 iph->tos & ~INET_ECN_MASK, skb->dev) ||
	    skb_rtable(skb)->rt_type != RTN_UNICAST || iph->ttl <= 1)
		return false;
	return !(iph->frag_off & htons(IP_DF)) ||
	       !ip_vs_exceeds(skb, ip_dst_mtu_maybe_forward(skb_dst(skb), true));
}

static const struct rt6_info *route6(struct net *net, struct sk_buff *skb)
{
	const struct ipv6hdr *iph = ipv6_hdr(skb);
	struct flowi6 fl6 = {
		.flowi6_iif = skb->dev->ifindex,
		.daddr = iph->daddr,
		.saddr = iph->saddr,
		.flowlabel = ip6_flowinfo(iph),
		.flowi6_mark = skb->mark,
		.flowi6_proto = iph->nexthdr,
	};

	skb_dst_drop(skb);
	skb_dst_set(skb, ip6_route_input_lookup(net, skb->dev, &fl6, skb,
						RT6_LOOKUP_F_HAS_SADDR));
	return (const struct rt6_info *)skb_dst(skb);
}

static bool forwards6(struct net *net, struct sk_buff *skb)
{
	const struct rt6_info *rt = route6(net, skb);
	const struct ipv6hdr *iph = ipv6_hdr(skb);

	if (rt->dst.error || rt->rt6i_flags & (RTF_LOCAL | RTF_ANYCAST) ||
	    ipv6_addr_is_multicast(&iph->daddr) ||
	    !READ_ONCE(net->ipv6.devconf_all->forwarding) ||
	    iph->hop_limit <= 1 ||
	    ipv6_addr_type(&iph->saddr) & IPV6_ADDR_LINKLOCAL)
		return false;
	return !ip_vs_exceeds(skb, ip6_dst_mtu_maybe_forward(&rt->dst, true));
}

/* Of those who are no real servers we have to know errors, and not their pieces. */
static bool may_be_error(const struct sk_buff *skb, u8 family)
{
	return ip_vs_opaque(skb, family) &&
	       (family == AF_INET || !fragment6(skb));
}

/* True: the stack would bring it to FORWARD; it has its route. */
static bool forwards(struct net *net, struct sk_buff *skb, u8 family)
{
	if (unlikely(skb_valid_dst(skb) || skb->sk ||
		     skb->pkt_type != PACKET_HOST))
		return false;
	return family == AF_INET ? forwards4(skb) : forwards6(net, skb);
}

/* Our hook at FORWARD has to see the packet, and will be there soon. */
static noinline unsigned int wait(struct ip_vs_net *ns, struct sk_buff *skb,
				  u8 family, ip_vs_okfn *okfn)
{
	if (!ip_vs_waiting_add(&ns->waiting[family != AF_INET], skb, okfn))
		ip_vs_discard(ns->net, skb, family, IPSTATS_MIB_INDISCARDS);
	want_review(ns);
	return NF_STOLEN;
}

/* And that not for a while only. */
static noinline unsigned int detour(struct ip_vs_net *ns, struct sk_buff *skb,
				    u8 family, ip_vs_okfn *okfn)
{
	WRITE_ONCE(ns->detour[family != AF_INET], true);
	return wait(ns, skb, family, okfn);
}

/* Netfilter sees it from within a bridge, and may not forward it at all. */
static bool bridged(const struct sk_buff *skb)
{
#if IS_ENABLED(CONFIG_BRIDGE_NETFILTER)
	return nf_bridge_info_exists(skb);
#else
	return false;
#endif
}

/* Does the stack do more to it than forward it, before FORWARD? */
static bool stack_minds(const struct sk_buff *skb, u8 family)
{
	const struct dst_entry *dst = skb_dst(skb);

	if (dst->lwtstate)
		return true;
	if (family == AF_INET)
		return ip_hdr(skb)->ihl != 5 ||
		       IPCB(skb)->flags & IPSKB_DOREDIRECT;
	return dst->dev == skb->dev || IP6CB(skb)->flags & IP6SKB_ROUTERALERT;
}

static noinline unsigned int come_through(struct ip_vs_net *ns,
					  struct sk_buff *skb, u8 family,
					  ip_vs_okfn *okfn)
{
	bool server = ip_vs_from_server(ns, skb, family);

	if (!server && !may_be_error(skb, family))
		return NF_ACCEPT;
	if (unlikely(bridged(skb)))
		return detour(ns, skb, family, okfn);
	if (unlikely(!fits(ns, family)))
		return wait(ns, skb, family, okfn);
	if (!forwards(ns->net, skb, family))
		return NF_ACCEPT;
	if (unlikely(server && stack_minds(skb, family)))
		return detour(ns, skb, family, okfn);
	return ip_vs_flow_through(ns, skb, family, true);
}

/* Who listens at LOCAL_IN would see the packet, and rules may want it elsewhere. */
static __always_inline unsigned int
come_in(struct ip_vs_net *ns, struct sk_buff *skb, u8 family, ip_vs_okfn *okfn)
{
	unsigned int verdict;

	if (unlikely(!ip_vs_alone_at(ns->net, family, NF_INET_LOCAL_IN, ns) ||
		     ip_vs_route_by_policy(ns->net, family))) {
		want_review(ns);
	} else if (direct(ns, skb, family)) {
		verdict = ip_vs_flow_local(ns, skb, NF_INET_LOCAL_IN, family);
		if (likely(verdict != NF_ACCEPT) || skb->ipvs_property)
			return verdict;
		skb_dst_drop(skb);
	}
	return ip_vs_concerns_through(ns, skb, family)
		? come_through(ns, skb, family, okfn) : NF_ACCEPT;
}

unsigned int ip_vs_input4(struct ip_vs_net *ns, struct sk_buff *skb,
			  ip_vs_okfn *okfn)
{
	return come_in(ns, skb, AF_INET, okfn);
}

unsigned int ip_vs_input6(struct ip_vs_net *ns, struct sk_buff *skb,
			  ip_vs_okfn *okfn)
{
	return come_in(ns, skb, AF_INET6, okfn);
}

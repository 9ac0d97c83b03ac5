// SPDX-License-Identifier: GPL-2.0-only
#include "tunnel_error.h"

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/netfilter.h>
#include <net/icmp.h>
#include <net/ipv6.h>
#include <net/l3mdev.h>

#include "route.h"

bool ip_vs_tunnel_error_concerns(const struct ip_vs_tunnel_error *e,
				 const struct ip_vs_conn *c)
{
	const struct ip_vs_dest *dest = rcu_dereference(c->dest);
	u8 family = ip_vs_conn_dfamily(c);

	if (ip_vs_conn_fwd(c) != IP_VS_CONN_F_TUNNEL ||
	    family != e->encap.family ||
	    !ip_vs_addr_equal(family, ip_vs_conn_daddr(c), &e->daddr))
		return false;
	if (!dest)
		return e->encap.type == IP_VS_CONN_F_TUNNEL_TYPE_IPIP;
	return READ_ONCE(dest->cfg.tun_type) == e->encap.type &&
	       (e->encap.type != IP_VS_CONN_F_TUNNEL_TYPE_GUE ||
		READ_ONCE(dest->cfg.tun_port) == e->encap.port);
}

/* What is said: an ICMP or ICMPv6 message, whose first words are the same. */
struct message {
	u8 type;
	u8 code;
	u32 info;	/* network order for ICMP, host order for ICMPv6 */
};

static bool sum_is_right(struct sk_buff *skb,
			 const struct ip_vs_tunnel_error *e)
{
	u8 family = e->encap.family;

	return skb_csum_unnecessary(skb) ||
	       !nf_checksum(skb, NF_INET_LOCAL_IN, e->transport,
			    family == AF_INET ? IPPROTO_ICMP : IPPROTO_ICMPV6,
			    family);
}

static bool too_big(const struct message *m, u8 family)
{
	if (family == AF_INET)
		return m->type == ICMP_DEST_UNREACH &&
		       m->code == ICMP_FRAG_NEEDED;
	return m->type == ICMPV6_PKT_TOOBIG;
}

/* @skb begins @offset octets further on, with @len octets of a header: that is
 * where the stack's functions look.
 */
static bool begin_at(struct sk_buff *skb, unsigned int offset, size_t len)
{
	if (!pskb_may_pull(skb, offset + len))
		return false;
	__skb_pull(skb, offset);
	skb_reset_network_header(skb);
	return true;
}

static size_t ip_size(u8 family)
{
	return family == AF_INET ? sizeof(struct iphdr)
				 : sizeof(struct ipv6hdr);
}

static bool read_message(struct message *m, const struct sk_buff *skb,
			 const struct ip_vs_tunnel_error *e)
{
	struct icmphdr buf, *ich;

	ich = skb_header_pointer(skb, e->transport, sizeof(buf), &buf);
	if (!ich)
		return false;
	m->type = ich->type;
	m->code = ich->code;
	m->info = e->encap.family == AF_INET
		? (__force u32)ich->un.gateway
		: ntohl(ich->un.gateway);
	return true;
}

static u32 mtu_of(const struct message *m, u8 family)
{
	return family == AF_INET ? ntohl((__force __be32)m->info) & 0xffff
				 : m->info;
}

/* Rules may look at a mark, which a router cannot quote: it is taken for that of the
 * service, or of the last packet.
 */
static u32 mark_of(const struct ip_vs_conn *c)
{
	const struct ip_vs_dest *dest = rcu_dereference(c->dest);

	if (c->fwmark || !dest)
		return c->fwmark;
	return READ_ONCE(dest->route.mark);
}

static bool way(struct net *net, const struct sk_buff *skb,
		const struct ip_vs_tunnel_error *e, const struct ip_vs_conn *c,
		struct ip_vs_route *route)
{
	*route = (struct ip_vs_route) {
		.skb = skb,
		.family = e->encap.family,
	};
	return ip_vs_route(net, rcu_dereference(c->dest),
			   IP_VS_CONN_F_TUNNEL, &e->daddr, route);
}

/* The stack keeps the MTU with the route, where the next packet meets it. @skb begins
 * at the tunnel's header, and stands for what was sent.
 */
static void learn_mtu(struct net *net, struct sk_buff *skb,
		      const struct ip_vs_tunnel_error *e,
		      const struct ip_vs_conn *c, u32 mtu)
{
	struct net_device *dev = skb->dev;
	struct ip_vs_route route;

	if (!way(net, skb, e, c, &route))
		return;
	skb->dev = route.dst->dev;
	route.dst->ops->update_pmtu(route.dst, NULL, skb, mtu, false);
	skb->dev = dev;
	ip_vs_route_put(&route);
}

/* Octets of a client's packet that fit through the tunnel now; @skb begins at it. */
static u32 room(struct net *net, const struct sk_buff *skb,
		const struct ip_vs_tunnel_error *e, const struct ip_vs_conn *c)
{
	struct ip_vs_route route;
	u32 mtu;

	if (!way(net, skb, e, c, &route))
		return 0;
	mtu = dst_mtu(route.dst);
	ip_vs_route_put(&route);
	return ip_vs_encap_room(mtu, e->inner - e->outer, e->encap.inner);
}

/* Who may be cut is not told. */
static bool wants_mtu(const struct sk_buff *skb, u8 family)
{
	return family != AF_INET || ip_hdr(skb)->frag_off & htons(IP_DF);
}

/* Within a family the message stays what it is, unless it points into headers
 * that the client never saw. Across, whatever fails in the tunnel makes the
 * address unreachable (RFC 2473, 8; RFC 4213, 3.4).
 */
static void translate(struct message *m, const struct ip_vs_encap *e)
{
	if (e->family == e->inner && (e->inner == AF_INET ||
				      m->type != ICMPV6_PARAMPROB))
		return;
	m->info = 0;
	if (e->inner == AF_INET) {
		m->type = ICMP_DEST_UNREACH;
		m->code = ICMP_HOST_UNREACH;
	} else {
		m->type = ICMPV6_DEST_UNREACH;
		m->code = ICMPV6_ADDR_UNREACH;
	}
}

static void set_too_big(struct message *m, u8 family, u32 mtu)
{
	if (family == AF_INET) {
		m->type = ICMP_DEST_UNREACH;
		m->code = ICMP_FRAG_NEEDED;
		m->info = (__force u32)htonl(mtu);
	} else {
		m->type = ICMPV6_PKT_TOOBIG;
		m->code = 0;
		m->info = mtu;
	}
}

/* @skb is now the client's packet, as it came to us. The route by which the
 * error came is local, as the client's packet's was.
 */
static bool disguise(struct net *net, struct sk_buff *skb,
		     const struct ip_vs_encap *e)
{
	struct flowi4 fl4 = {
		.flowi4_oif = l3mdev_master_ifindex_rcu(skb->dev),
	};
	struct rtable *rt;

	memset(skb->cb, 0, sizeof(skb->cb));
	if (e->inner == e->family)
		return true;
	skb_dst_drop(skb);
	skb->protocol = htons(e->inner == AF_INET ? ETH_P_IP : ETH_P_IPV6);
	if (e->inner != AF_INET)
		return true;
	fl4.daddr = ip_hdr(skb)->daddr;
	rt = ip_route_output_key(net, &fl4);
	if (IS_ERR(rt))
		return false;
	skb_dst_set(skb, &rt->dst);
	return true;
}

static bool tell_client(struct net *net, struct sk_buff *skb,
			const struct ip_vs_encap *e, const struct message *m)
{
	if (!disguise(net, skb, e))
		return false;
	if (e->inner == AF_INET)
		icmp_send(skb, m->type, m->code, (__force __be32)m->info);
	else
		icmpv6_send(skb, m->type, m->code, m->info);
	return true;
}

static bool relay(struct net *net, struct sk_buff *skb,
		  const struct ip_vs_tunnel_error *e,
		  const struct ip_vs_conn *c)
{
	const struct ip_vs_encap *encap = &e->encap;
	u32 mtu, mark = skb->mark;
	struct message m;
	bool big;

	if (!sum_is_right(skb, e) || !read_message(&m, skb, e) ||
	    !begin_at(skb, e->outer, ip_size(encap->family)))
		return false;
	big = too_big(&m, encap->family);
	skb->mark = mark_of(c);
	if (big)
		learn_mtu(net, skb, e, c, mtu_of(&m, encap->family));
	if (!begin_at(skb, e->inner - e->outer, ip_size(encap->inner)))
		return false;
	if (big) {
		mtu = room(net, skb, e, c);
		if (!mtu || !wants_mtu(skb, encap->inner))
			return false;
		set_too_big(&m, encap->inner, mtu);
	} else {
		translate(&m, encap);
	}
	skb->mark = mark;
	return tell_client(net, skb, encap, &m);
}

unsigned int ip_vs_tunnel_error_relay(struct net *net, struct sk_buff *skb,
				      const struct ip_vs_tunnel_error *e,
				      const struct ip_vs_conn *c)
{
	unsigned int told = relay(net, skb, e, c) ? skb->len : 0;

	consume_skb(skb);
	return told;
}

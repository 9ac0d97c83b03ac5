// SPDX-License-Identifier: GPL-2.0-only
#include "encap.h"

#include <linux/ipv6.h>
#include <linux/udp.h>
#include <net/gre.h>
#include <net/gue.h>
#include <net/inet_ecn.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ip_tunnels.h>
#include <net/ipv6.h>
#include <net/udp.h>
#include <uapi/linux/ip_vs.h>

#include "host.h"
#include "route.h"

/* What the outer header takes over from the inner one. */
struct legacy {
	u8 protocol;	/* of what follows the outer header */
	u8 tos;
	u8 ttl;
};

static bool left_to_device(struct sk_buff *skb)
{
	return skb->ip_summed == CHECKSUM_PARTIAL;
}

static unsigned int gue_options(const struct ip_vs_encap *e)
{
	return e->remcsum ? GUE_LEN_PRIV + GUE_PLEN_REMCSUM : 0;
}

static unsigned int shim_size(const struct ip_vs_encap *e)
{
	switch (e->type) {
	case IP_VS_CONN_F_TUNNEL_TYPE_GUE:
		return sizeof(struct udphdr) + sizeof(struct guehdr) +
		       gue_options(e);
	case IP_VS_CONN_F_TUNNEL_TYPE_GRE:
		return sizeof(struct gre_base_hdr) +
		       (e->csum ? GRE_HEADER_SECTION : 0);
	}
	return 0;
}

static void plan_gue(struct ip_vs_encap *e, struct sk_buff *skb, __be16 port,
		     bool remcsum)
{
	e->port = port;
	if (!remcsum)
		return;
	e->csum = true;
	e->remcsum = left_to_device(skb) && !skb_csum_is_sctp(skb);
}

void ip_vs_encap_plan(struct ip_vs_encap *e, const struct ip_vs_dest *dest,
		      struct sk_buff *skb, u8 inner, u8 outer)
{
	u16 flags;

	*e = (struct ip_vs_encap) { .family = outer, .inner = inner };
	if (!dest)
		return;
	e->ident = &dest->host->ident;
	e->type = READ_ONCE(dest->cfg.tun_type);
	if (likely(e->type == IP_VS_CONN_F_TUNNEL_TYPE_IPIP))
		return;
	flags = READ_ONCE(dest->cfg.tun_flags);
	e->csum = flags & IP_VS_TUNNEL_ENCAP_FLAG_CSUM;
	if (e->type == IP_VS_CONN_F_TUNNEL_TYPE_GUE)
		plan_gue(e, skb, READ_ONCE(dest->cfg.tun_port),
			 flags & IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM);
	e->shim = shim_size(e);
}

/* A super-packet is cut behind us, perhaps by the device. The segments of what
 * GUE carries are those of IP in IP.
 */
static int gso_type(const struct ip_vs_encap *e)
{
	int type = e->family == AF_INET ? SKB_GSO_IPXIP4 : SKB_GSO_IPXIP6;

	switch (e->type) {
	case IP_VS_CONN_F_TUNNEL_TYPE_GUE:
		type |= e->csum ? SKB_GSO_UDP_TUNNEL_CSUM : SKB_GSO_UDP_TUNNEL;
		return e->remcsum ? type | SKB_GSO_TUNNEL_REMCSUM : type;
	case IP_VS_CONN_F_TUNNEL_TYPE_GRE:
		return e->csum ? SKB_GSO_GRE_CSUM : SKB_GSO_GRE;
	}
	return type;
}

/* ECN with full functionality (RFC 3168, 9.1.1), as the in-tree module has it:
 * congestion that the packet has met already stays the inner header's word.
 */
static struct legacy inherit(const struct sk_buff *skb, u8 family)
{
	struct legacy l;

	if (family == AF_INET) {
		l.protocol = IPPROTO_IPIP;
		l.tos = ip_hdr(skb)->tos;
		l.ttl = ip_hdr(skb)->ttl;
	} else {
		l.protocol = IPPROTO_IPV6;
		l.tos = ipv6_get_dsfield(ipv6_hdr(skb));
		l.ttl = ipv6_hdr(skb)->hop_limit;
	}
	l.tos = INET_ECN_encapsulate(l.tos, l.tos);
	return l;
}

/* Where in the packet the receiver is to put a checksum of what. Segments get
 * theirs when they are cut.
 */
static void leave_checksum(struct sk_buff *skb, struct guehdr *gue, u16 start)
{
	__be32 *private = (__be32 *)(gue + 1);
	__be16 *field = (__be16 *)(private + 1);

	gue->flags = GUE_FLAG_PRIV;
	*private = GUE_PFLAG_REMCSUM;
	field[0] = htons(start);
	field[1] = htons(start + skb->csum_offset);
	if (!skb_is_gso(skb)) {
		skb->ip_summed = CHECKSUM_NONE;
		skb->encapsulation = 0;
	}
}

/* One flow keeps one source port, by which routers spread flows (RFC 8085). The
 * UDP checksum waits for the outer addresses.
 */
static void put_gue(struct net *net, struct sk_buff *skb,
		    const struct ip_vs_encap *e, u8 protocol)
{
	__be16 sport = udp_flow_src_port(net, skb, 0, 0, false);
	u16 start = e->remcsum ? skb_checksum_start_offset(skb) : 0;
	struct guehdr *gue;
	struct udphdr *udp;

	gue = skb_push(skb, sizeof(*gue) + gue_options(e));
	gue->word = 0;
	gue->hlen = gue_options(e) / 4;
	gue->proto_ctype = protocol;
	if (e->remcsum)
		leave_checksum(skb, gue, start);
	udp = skb_push(skb, sizeof(*udp));
	skb_reset_transport_header(skb);
	udp->source = sport;
	udp->dest = e->port;
	udp->len = htons(skb->len);
	udp->check = 0;
}

static void sum_gue(struct sk_buff *skb, const struct ip_vs_encap *e,
		    const struct ip_vs_route *route,
		    const union nf_inet_addr *daddr)
{
	if (e->family == AF_INET)
		udp_set_csum(!e->csum, skb, route->saddr.ip, daddr->ip,
			     skb->len);
	else
		udp6_set_csum(!e->csum, skb, &route->saddr.in6, &daddr->in6,
			      skb->len);
}

/* Over header and packet (RFC 2784, 2.3). What a device is still to do to the
 * packet does not change that sum; else the device may make it. Segments get
 * theirs when they are cut.
 */
static void sum_gre(struct sk_buff *skb, struct gre_full_hdr *gre)
{
	gre->csum = 0;
	gre->reserved1 = 0;
	if (skb_is_gso(skb))
		return;
	if (left_to_device(skb)) {
		gre->csum = (__force __be16)csum_fold(lco_csum(skb));
		return;
	}
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = skb_transport_header(skb) - skb->head;
	skb->csum_offset = offsetof(struct gre_full_hdr, csum);
}

static void put_gre(struct sk_buff *skb, const struct ip_vs_encap *e)
{
	__be16 protocol = htons(e->inner == AF_INET ? ETH_P_IP : ETH_P_IPV6);
	struct gre_full_hdr *gre = skb_push(skb, e->shim);

	skb_set_inner_protocol(skb, protocol);
	skb_reset_transport_header(skb);
	gre->fixed_header.flags = e->csum ? GRE_CSUM : 0;
	gre->fixed_header.protocol = protocol;
	if (e->csum)
		sum_gre(skb, gre);
}

static void put_ip4(struct sk_buff *skb, const struct ip_vs_route *route,
		    const union nf_inet_addr *daddr, const struct legacy *l)
{
	struct iphdr *iph = skb_push(skb, sizeof(*iph));

	skb_reset_network_header(skb);
	memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
	skb->protocol = htons(ETH_P_IP);
	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tos = l->tos;
	iph->ttl = l->ttl;
	iph->frag_off = htons(IP_DF);
	iph->protocol = l->protocol;
	iph->saddr = route->saddr.ip;
	iph->daddr = daddr->ip;
	iph->id = 0;
}

/* What may be cut is told apart from all else to that address for as long as
 * can be (RFC 6864, 4.3). The stack's own way, a keyed hash for each packet,
 * hides from strangers how much is sent; here only who gets it all sees that.
 */
static void permit_fragments(struct sk_buff *skb, const struct ip_vs_encap *e,
			     struct net *net)
{
	int segments = skb_shinfo(skb)->gso_segs ?: 1;
	struct iphdr *iph = ip_hdr(skb);

	iph->frag_off = 0;
	if (likely(e->ident))
		iph->id = htons(atomic_fetch_add(segments, e->ident));
	else
		__ip_select_ident(net, iph, segments);
}

static void put_ip6(struct sk_buff *skb, const struct ip_vs_route *route,
		    const union nf_inet_addr *daddr, const struct legacy *l)
{
	struct ipv6hdr *iph = skb_push(skb, sizeof(*iph));

	skb_reset_network_header(skb);
	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	skb->protocol = htons(ETH_P_IPV6);
	ip6_flow_hdr(iph, l->tos, 0);
	iph->nexthdr = l->protocol;
	iph->hop_limit = l->ttl;
	iph->saddr = route->saddr.in6;
	iph->daddr = daddr->in6;
}

/* Room, and the inner header's places remembered. A CRC that is left to the
 * device (SCTP) is made now when a checksum is to cover it.
 */
static bool prepare(struct sk_buff *skb, const struct ip_vs_encap *e,
		    const struct dst_entry *dst)
{
	if (skb_cow_head(skb, LL_RESERVED_SPACE(dst->dev) + dst->header_len +
			      ip_vs_encap_overhead(e)))
		return false;
	if (unlikely(e->csum && skb_csum_is_sctp(skb)) &&
	    left_to_device(skb) && skb_csum_hwoffload_help(skb, 0))
		return false;
	if (iptunnel_handle_offloads(skb, gso_type(e)))
		return false;
	skb_reset_inner_mac_header(skb);
	return true;
}

/* Not iptunnel_xmit(): that books the packet as sent by skb->dev, which here
 * is the device it came in by, and forgets that conntrack is to leave it alone.
 */
bool ip_vs_encap(struct sk_buff *skb, const struct ip_vs_encap *e,
		 const struct ip_vs_route *route,
		 const union nf_inet_addr *daddr, bool df)
{
	struct legacy l = inherit(skb, e->inner);

	if (!prepare(skb, e, route->dst))
		return false;
	skb_set_inner_ipproto(skb, l.protocol);
	skb_clear_hash_if_not_l4(skb);
	skb->transport_header = skb->network_header;
	if (unlikely(e->type == IP_VS_CONN_F_TUNNEL_TYPE_GUE)) {
		put_gue(dev_net(route->dst->dev), skb, e, l.protocol);
		sum_gue(skb, e, route, daddr);
		l.protocol = IPPROTO_UDP;
	} else if (unlikely(e->type == IP_VS_CONN_F_TUNNEL_TYPE_GRE)) {
		put_gre(skb, e);
		l.protocol = IPPROTO_GRE;
	}
	if (e->family != AF_INET) {
		put_ip6(skb, route, daddr, &l);
		return true;
	}
	put_ip4(skb, route, daddr, &l);
	if (!df)
		permit_fragments(skb, e, dev_net(route->dst->dev));
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "encap.h"

#include <net/ip.h>
#include <net/ip_tunnels.h>

unsigned int ip_vs_encap_overhead(void)
{
	return sizeof(struct iphdr);
}

/* TTL and DSCP are those of the inner header, ECN as RFC 6040 in normal mode.
 * Not iptunnel_xmit(): that books the packet as sent by skb->dev, which here
 * is the device it came in by, and forgets that conntrack is to leave it alone.
 */
bool ip_vs_encap_ipip(struct sk_buff *skb, const struct ip_vs_route *route,
		      __be32 daddr, bool df)
{
	struct net_device *dev = route->dst->dev;
	const struct iphdr *inner;
	struct iphdr *iph;

	if (skb_cow_head(skb, LL_RESERVED_SPACE(dev) + sizeof(*iph)) ||
	    iptunnel_handle_offloads(skb, SKB_GSO_IPXIP4))
		return false;
	skb_set_inner_ipproto(skb, IPPROTO_IPIP);
	skb_clear_hash_if_not_l4(skb);
	skb->transport_header = skb->network_header;
	inner = ip_hdr(skb);
	iph = skb_push(skb, sizeof(*iph));
	skb_reset_network_header(skb);
	memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tos = inner->tos;
	iph->ttl = inner->ttl;
	iph->frag_off = df ? htons(IP_DF) : 0;
	iph->protocol = IPPROTO_IPIP;
	iph->saddr = route->saddr.ip;
	iph->daddr = daddr;
	__ip_select_ident(dev_net(dev), iph, skb_shinfo(skb)->gso_segs ?: 1);
	return true;
}

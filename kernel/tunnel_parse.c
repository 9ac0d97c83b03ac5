// SPDX-License-Identifier: GPL-2.0-only
#include "tunnel_parse.h"

#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <net/gre.h>
#include <net/gue.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <uapi/linux/ip_vs.h>

/* A step moves @e->inner from one header of the tunnel's packet to the next; -1: this
 * is no packet of ours.
 */

/* To what follows the tunnel's IP header: its protocol. */
static int skip_outer4(struct ip_vs_tunnel_error *e, const struct sk_buff *skb)
{
	struct iphdr buf, *iph;

	iph = skb_header_pointer(skb, e->outer, sizeof(buf), &buf);
	if (!iph || iph->version != 4 || iph->ihl < 5 ||
	    iph->frag_off & htons(IP_OFFSET) ||
	    iph->saddr != ip_hdr(skb)->daddr)
		return -1;
	e->daddr.ip = iph->daddr;
	e->inner = e->outer + iph->ihl * 4;
	return iph->protocol;
}

static int skip_outer6(struct ip_vs_tunnel_error *e, const struct sk_buff *skb)
{
	struct ipv6hdr buf, *iph;
	unsigned short fragment = 0;
	int protocol;

	iph = skb_header_pointer(skb, e->outer, sizeof(buf), &buf);
	if (!iph || iph->version != 6 ||
	    !ipv6_addr_equal(&iph->saddr, &ipv6_hdr(skb)->daddr))
		return -1;
	e->daddr.in6 = iph->daddr;
	e->inner = e->outer;
	protocol = ipv6_find_hdr(skb, &e->inner, -1, &fragment, NULL);
	return fragment ? -1 : protocol;
}

/* The flags of a header that we write, and no other. */
static int skip_gre(struct ip_vs_tunnel_error *e, const struct sk_buff *skb)
{
	struct gre_base_hdr buf, *gre;

	gre = skb_header_pointer(skb, e->inner, sizeof(buf), &buf);
	if (!gre || gre->flags & ~GRE_CSUM)
		return -1;
	e->encap.type = IP_VS_CONN_F_TUNNEL_TYPE_GRE;
	e->inner += sizeof(*gre) +
		    (gre->flags & GRE_CSUM ? GRE_HEADER_SECTION : 0);
	switch (gre->protocol) {
	case htons(ETH_P_IP):
		return IPPROTO_IPIP;
	case htons(ETH_P_IPV6):
		return IPPROTO_IPV6;
	}
	return -1;
}

static int skip_gue(struct ip_vs_tunnel_error *e, const struct sk_buff *skb)
{
	struct guehdr guebuf, *gue;
	struct udphdr udpbuf, *udp;

	udp = skb_header_pointer(skb, e->inner, sizeof(udpbuf), &udpbuf);
	e->inner += sizeof(*udp);
	gue = skb_header_pointer(skb, e->inner, sizeof(guebuf), &guebuf);
	if (!udp || !gue || gue->version || gue->control)
		return -1;
	e->encap.type = IP_VS_CONN_F_TUNNEL_TYPE_GUE;
	e->encap.port = udp->dest;
	e->inner += sizeof(*gue) + gue->hlen * 4;
	return gue->proto_ctype;
}

/* To the client's packet: its protocol as IP in IP has it. */
static int skip_shim(struct ip_vs_tunnel_error *e, const struct sk_buff *skb,
		     int protocol)
{
	switch (protocol) {
	case IPPROTO_GRE:
		return skip_gre(e, skb);
	case IPPROTO_UDP:
		return skip_gue(e, skb);
	}
	e->encap.type = IP_VS_CONN_F_TUNNEL_TYPE_IPIP;
	return protocol;
}

bool ip_vs_tunnel_error_parse(struct ip_vs_tunnel_error *e,
			      const struct sk_buff *skb,
			      const struct ip_vs_packet *p)
{
	struct ip_vs_packet client;
	int protocol;

	e->encap = (struct ip_vs_encap) { .family = p->tuple.k.family };
	e->transport = p->transport;
	e->outer = p->inner;
	protocol = e->encap.family == AF_INET ? skip_outer4(e, skb)
					      : skip_outer6(e, skb);
	protocol = skip_shim(e, skb, protocol);
	if (protocol == IPPROTO_IPIP)
		e->encap.inner = AF_INET;
	else if (protocol == IPPROTO_IPV6)
		e->encap.inner = AF_INET6;
	else
		return false;
	client.inner = e->inner;
	return ip_vs_packet_embedded(&client, skb, e->encap.inner, &e->tuple);
}

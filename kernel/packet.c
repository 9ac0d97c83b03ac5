// SPDX-License-Identifier: GPL-2.0-only
#include "packet.h"

#include <linux/icmp.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>

static bool balanced(u8 protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP;
}

/* Source and destination port open both TCP (RFC 9293, 3.1) and UDP (RFC 768),
 * the first of @need octets that must be there.
 */
static bool get_ports(const struct sk_buff *skb, unsigned int offset,
		      unsigned int need, struct ip_vs_key *k)
{
	__be16 buf[sizeof(struct tcphdr) / sizeof(__be16)];
	const __be16 *ports;

	ports = skb_header_pointer(skb, offset, need, buf);
	if (!ports)
		return false;
	k->sport = ports[0];
	k->dport = ports[1];
	return true;
}

static unsigned int header_size(u8 protocol)
{
	return protocol == IPPROTO_TCP ? sizeof(struct tcphdr)
				       : sizeof(struct udphdr);
}

/* Of the packet an error is about there may be no more (RFC 792). */
#define ERROR_PORTS	(2 * sizeof(__be16))

static void set_key(struct ip_vs_key *k, const struct iphdr *iph)
{
	k->family = AF_INET;
	k->protocol = iph->protocol;
	k->kind = IP_VS_TUPLE_PACKET;
	k->dir = 0;
	k->saddr = iph->saddr;
	k->daddr = iph->daddr;
}

/* Errors that carry the packet they are about (RFC 792) and end a path or tell
 * of its width. Redirects concern neighbours only.
 */
static bool is_error(u8 type)
{
	return type == ICMP_DEST_UNREACH || type == ICMP_SOURCE_QUENCH ||
	       type == ICMP_TIME_EXCEEDED;
}

static enum ip_vs_packet_kind parse_error(struct ip_vs_packet *p,
					  const struct sk_buff *skb)
{
	struct iphdr ipbuf, *iph;
	struct icmphdr icbuf, *ich;
	struct ip_vs_tuple inner;

	ich = skb_header_pointer(skb, p->transport, sizeof(icbuf), &icbuf);
	if (!ich || !is_error(ich->type))
		return IP_VS_PACKET_OTHER;
	p->inner = p->transport + sizeof(*ich);
	iph = skb_header_pointer(skb, p->inner, sizeof(ipbuf), &ipbuf);
	if (!iph || iph->version != 4 || iph->ihl < 5 ||
	    !balanced(iph->protocol) || (iph->frag_off & htons(IP_OFFSET)))
		return IP_VS_PACKET_OTHER;
	p->inner_transport = p->inner + iph->ihl * 4;
	if (!get_ports(skb, p->inner_transport, ERROR_PORTS, &inner.k))
		return IP_VS_PACKET_OTHER;
	set_key(&inner.k, iph);
	ip_vs_tuple_invert(&p->tuple, &inner);
	return IP_VS_PACKET_ERROR;
}

enum ip_vs_packet_kind ip_vs_packet_parse4(struct ip_vs_packet *p,
					   const struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);

	if (!balanced(iph->protocol) && iph->protocol != IPPROTO_ICMP)
		return IP_VS_PACKET_OTHER;
	if (unlikely(ip_is_fragment(iph)))
		return IP_VS_PACKET_FRAGMENT;
	p->transport = iph->ihl * 4;
	if (iph->protocol == IPPROTO_ICMP)
		return parse_error(p, skb);
	if (!get_ports(skb, p->transport, header_size(iph->protocol),
		       &p->tuple.k))
		return IP_VS_PACKET_BROKEN;
	set_key(&p->tuple.k, iph);
	return IP_VS_PACKET_PLAIN;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "packet.h"

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/ip.h>
#include <net/ipv6.h>

#define IKE_PORT	500

static bool balanced(u8 protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP ||
	       protocol == IPPROTO_SCTP;
}

/* Their packets have no ports that we could read. They belong to whom the key
 * exchange of the same two hosts belongs to (RFC 7296, 2: UDP, port 500).
 */
static bool is_ipsec(u8 protocol)
{
	return protocol == IPPROTO_AH || protocol == IPPROTO_ESP;
}

static bool known(u8 protocol)
{
	return balanced(protocol) || is_ipsec(protocol);
}

static void set_ike_ports(struct ip_vs_key *k)
{
	k->sport = htons(IKE_PORT);
	k->dport = htons(IKE_PORT);
}

/* Of a packet in pieces. Out of line: the usual one needs no room for it. */
static noinline bool gather_ports(const struct sk_buff *skb,
				  unsigned int offset, unsigned int need,
				  struct ip_vs_key *k)
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

/* Source and destination port open TCP (RFC 9293, 3.1), UDP (RFC 768) and SCTP
 * (RFC 9260, 3.1), the first of @need octets that must be there.
 */
static bool get_ports(const struct sk_buff *skb, unsigned int offset,
		      unsigned int need, struct ip_vs_key *k)
{
	const __be16 *ports;

	if (unlikely(skb_headlen(skb) < offset + need))
		return gather_ports(skb, offset, need, k);
	ports = (const __be16 *)(skb->data + offset);
	k->sport = ports[0];
	k->dport = ports[1];
	return true;
}

/* Of the packet an error is about there may be no more (RFC 792). */
#define ERROR_PORTS	(2 * sizeof(__be16))

static void set_kind(struct ip_vs_key *k, u8 family, u8 protocol)
{
	k->family = family;
	k->protocol = is_ipsec(protocol) ? IPPROTO_UDP : protocol;
	k->kind = IP_VS_TUPLE_PACKET;
	k->dir = 0;
}

static void set_tuple4(struct ip_vs_tuple *t, const struct iphdr *iph)
{
	set_kind(&t->k, AF_INET, iph->protocol);
	t->k.saddr = iph->saddr;
	t->k.daddr = iph->daddr;
}

static void set_tuple6(struct ip_vs_tuple *t, const struct ipv6hdr *iph,
		       u8 protocol)
{
	set_kind(&t->k, AF_INET6, protocol);
	t->saddr6 = iph->saddr;
	t->daddr6 = iph->daddr;
}

/* Errors that carry the packet they are about (RFC 792) and end a path or tell
 * of its width. Redirects concern neighbours only. In ICMPv6 the upper half of
 * the types is no errors (RFC 4443, 2.1).
 */
static bool is_error(u8 family, u8 type)
{
	if (family != AF_INET)
		return !(type & ICMPV6_INFOMSG_MASK);
	return type == ICMP_DEST_UNREACH || type == ICMP_SOURCE_QUENCH ||
	       type == ICMP_TIME_EXCEEDED;
}

static bool embedded4(struct ip_vs_packet *p, const struct sk_buff *skb,
		      struct ip_vs_tuple *inner)
{
	struct iphdr buf, *iph;

	iph = skb_header_pointer(skb, p->inner, sizeof(buf), &buf);
	if (!iph || iph->version != 4 || iph->ihl < 5 ||
	    !known(iph->protocol) || (!is_ipsec(iph->protocol) &&
				      iph->frag_off & htons(IP_OFFSET)))
		return false;
	p->protocol = iph->protocol;
	p->inner_transport = p->inner + iph->ihl * 4;
	set_tuple4(inner, iph);
	return true;
}

static bool embedded6(struct ip_vs_packet *p, const struct sk_buff *skb,
		      struct ip_vs_tuple *inner)
{
	struct ipv6hdr buf, *iph;
	int protocol, flags = IP6_FH_F_AUTH;
	unsigned short fragment = 0;

	iph = skb_header_pointer(skb, p->inner, sizeof(buf), &buf);
	if (!iph || iph->version != 6)
		return false;
	p->inner_transport = p->inner;
	protocol = ipv6_find_hdr(skb, &p->inner_transport, -1, &fragment,
				 &flags);
	if (protocol < 0 || !known(protocol) ||
	    (fragment && !is_ipsec(protocol)))
		return false;
	/* Of a later fragment the offset has not been found. */
	if (fragment)
		p->inner_transport = p->inner + sizeof(*iph);
	p->protocol = protocol;
	set_tuple6(inner, iph, protocol);
	return true;
}

bool ip_vs_packet_embedded(struct ip_vs_packet *p, const struct sk_buff *skb,
			   u8 family, struct ip_vs_tuple *inner)
{
	if (family == AF_INET ? !embedded4(p, skb, inner)
			      : !embedded6(p, skb, inner))
		return false;
	if (!is_ipsec(p->protocol))
		return get_ports(skb, p->inner_transport, ERROR_PORTS,
				 &inner->k);
	set_ike_ports(&inner->k);
	return true;
}

/* ICMP and ICMPv6 share their first words: type, code, checksum. Out of line: the
 * usual packet need not have its variables zeroed.
 */
static noinline enum ip_vs_packet_kind
parse_error(struct ip_vs_packet *p, const struct sk_buff *skb, u8 family)
{
	struct icmphdr buf, *ich;
	struct ip_vs_tuple inner;

	ich = skb_header_pointer(skb, p->transport, sizeof(buf), &buf);
	if (!ich || !is_error(family, ich->type))
		return IP_VS_PACKET_OTHER;
	p->inner = p->transport + sizeof(*ich);
	if (!ip_vs_packet_embedded(p, skb, family, &inner))
		return IP_VS_PACKET_STRANGE_ERROR;
	ip_vs_tuple_invert(&p->tuple, &inner);
	return IP_VS_PACKET_ERROR;
}

/* The network header; PLAIN: go on with the transport header. */
static enum ip_vs_packet_kind network4(struct ip_vs_packet *p,
				       const struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);

	if (!known(iph->protocol) && iph->protocol != IPPROTO_ICMP)
		return IP_VS_PACKET_OTHER;
	p->protocol = iph->protocol;
	p->transport = iph->ihl * 4;
	set_tuple4(&p->tuple, iph);
	if (unlikely(ip_is_fragment(iph)) && !is_ipsec(iph->protocol))
		return IP_VS_PACKET_FRAGMENT;
	return IP_VS_PACKET_PLAIN;
}

/* Behind the first fragment nobody can say what headers there are. */
static bool fragment6(int protocol, int flags)
{
	return flags & IP6_FH_F_FRAG &&
	       (protocol < 0 || balanced(protocol) ||
		protocol == IPPROTO_ICMPV6);
}

/* One of a balanced protocol with no other header before it, as nearly all are. */
static bool plain_fragment6(const struct sk_buff *skb)
{
	const struct ipv6hdr *iph = ipv6_hdr(skb);
	const struct frag_hdr *fh = (const struct frag_hdr *)(iph + 1);

	return iph->nexthdr == NEXTHDR_FRAGMENT &&
	       skb_headlen(skb) >= sizeof(*iph) + sizeof(*fh) &&
	       balanced(fh->nexthdr);
}

/* Out of line: few have other headers before that of a balanced protocol. */
static noinline enum ip_vs_packet_kind
behind_headers6(struct ip_vs_packet *p, const struct sk_buff *skb)
{
	const struct ipv6hdr *iph = ipv6_hdr(skb);
	int protocol = iph->nexthdr, flags = IP6_FH_F_AUTH;
	unsigned short fragment = 0;

	if (plain_fragment6(skb))
		return IP_VS_PACKET_FRAGMENT;
	p->transport = sizeof(*iph);
	if (unlikely(ipv6_ext_hdr(protocol))) {
		p->transport = 0;
		protocol = ipv6_find_hdr(skb, &p->transport, -1, &fragment,
					 &flags);
		/* Of a later fragment the offset has not been found. */
		if (fragment)
			p->transport = sizeof(*iph);
	}
	p->protocol = protocol;
	set_tuple6(&p->tuple, iph, protocol);
	if (unlikely(fragment6(protocol, flags)))
		return IP_VS_PACKET_FRAGMENT;
	if (protocol < 0 || (!known(protocol) && protocol != IPPROTO_ICMPV6))
		return IP_VS_PACKET_OTHER;
	return IP_VS_PACKET_PLAIN;
}

static enum ip_vs_packet_kind network6(struct ip_vs_packet *p,
				       const struct sk_buff *skb)
{
	const struct ipv6hdr *iph = ipv6_hdr(skb);

	if (unlikely(!balanced(iph->nexthdr)))
		return behind_headers6(p, skb);
	p->protocol = iph->nexthdr;
	p->transport = sizeof(*iph);
	set_tuple6(&p->tuple, iph, iph->nexthdr);
	return IP_VS_PACKET_PLAIN;
}

enum ip_vs_packet_kind ip_vs_packet_parse(struct ip_vs_packet *p,
					  const struct sk_buff *skb, u8 family)
{
	enum ip_vs_packet_kind kind;

	kind = family == AF_INET ? network4(p, skb) : network6(p, skb);
	if (kind != IP_VS_PACKET_PLAIN)
		return kind;
	if (is_ipsec(p->protocol)) {
		set_ike_ports(&p->tuple.k);
		return IP_VS_PACKET_PLAIN;
	}
	if (!balanced(p->protocol))
		return parse_error(p, skb, family);
	return get_ports(skb, p->transport, ip_vs_packet_header(p->protocol),
			 &p->tuple.k) ? IP_VS_PACKET_PLAIN
				      : IP_VS_PACKET_BROKEN;
}

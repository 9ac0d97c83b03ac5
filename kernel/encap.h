/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_ENCAP_H
#define _IP_VS_ENCAP_H

/* What goes before a packet on its way through a tunnel: an outer IP header of
 * either family, and for some kinds a shim between the two. IP in IP (RFC 2003,
 * RFC 2473, RFC 4213), GUE in UDP (draft-ietf-intarea-gue, version 0, with the
 * private flag for remote checksum offload that Linux knows), GRE (RFC 2784).
 */

#include <linux/atomic.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netfilter.h>
#include <linux/skbuff.h>
#include <net/ip.h>

struct ip_vs_dest;
struct ip_vs_route;

struct ip_vs_encap {
	u8 type;	/* IP_VS_CONN_F_TUNNEL_TYPE_* */
	u8 family;	/* of the outer header */
	u8 inner;	/* of the packet */
	bool csum;	/* the shim has a checksum of its own */
	bool remcsum;	/* GUE: the receiver makes the packet's checksum */
	u8 shim;	/* octets between the two IP headers */
	__be16 port;	/* GUE */
	atomic_t *ident; /* the next outer IPv4 header's, or NULL: the stack's */
};

/* How to encapsulate @skb, a packet of family @inner, for @dest, as long as
 * nobody changes the state of its checksum. Without a dest IP in IP to an
 * address of @outer.
 */
void ip_vs_encap_plan(struct ip_vs_encap *e, const struct ip_vs_dest *dest,
		      struct sk_buff *skb, u8 inner, u8 outer);

/* Octets of the headers. */
static inline unsigned int ip_vs_encap_overhead(const struct ip_vs_encap *e)
{
	return e->shim + (e->family == AF_INET ? sizeof(struct iphdr)
					       : sizeof(struct ipv6hdr));
}

/* Octets of a packet of family @inner that fit through a path of @mtu; 0: the
 * path is of no use. 1280 of IPv6 go through any, the tunnel's packets are cut
 * then (RFC 2473, 7.1; RFC 4213, 3.2).
 */
static inline unsigned int ip_vs_encap_room(unsigned int mtu,
					    unsigned int overhead, u8 inner)
{
	unsigned int room = mtu > overhead ? mtu - overhead : 0;

	if (inner != AF_INET)
		return room < IPV6_MIN_MTU ? IPV6_MIN_MTU : room;
	return room < IPV4_MIN_MTU ? 0 : room;
}

/* Put the headers before @skb, from route->saddr to @daddr, with DF if @df (an
 * outer IPv4 header only). @skb must be writable in its network header. False:
 * no memory, @skb is still its owner's, who drops it.
 */
bool ip_vs_encap(struct sk_buff *skb, const struct ip_vs_encap *e,
		 const struct ip_vs_route *route,
		 const union nf_inet_addr *daddr, bool df);

#endif

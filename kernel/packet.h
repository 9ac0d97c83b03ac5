/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_PACKET_H
#define _IP_VS_PACKET_H

/* From an skb to the tuple that the tables know. The only place that pulls
 * headers apart. At all netfilter hooks we use, skb->data is the network
 * header, so offsets count from there.
 */

#include <linux/sctp.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include "tuple.h"

enum ip_vs_packet_kind {
	IP_VS_PACKET_OTHER,	/* nothing that we balance */
	IP_VS_PACKET_PLAIN,
	IP_VS_PACKET_ERROR,	/* an ICMP error about a PLAIN one */
	IP_VS_PACKET_STRANGE_ERROR,	/* about anything else */
	IP_VS_PACKET_FRAGMENT,	/* reassemble before asking again */
	IP_VS_PACKET_BROKEN,	/* ends within its header */
};

/* @tuple is what to look up: of a PLAIN packet its own, of an ERROR that of the
 * packet it complains of turned round, so that the direction found is the one
 * in which the error travels. Its family is the packet's. Of a FRAGMENT there is
 * nothing to look at.
 */
struct ip_vs_packet {
	struct ip_vs_tuple tuple;
	u8 protocol;		/* behind the (embedded) network header */
	unsigned int transport;	/* offset of the (outer) transport header */
	unsigned int inner;	/* errors: offset of the embedded packet, */
	unsigned int inner_transport;	/* ERROR: and of its ports */
};

/* Reads only; @skb is a packet of @family that the stack has accepted. */
enum ip_vs_packet_kind ip_vs_packet_parse(struct ip_vs_packet *p,
					  const struct sk_buff *skb, u8 family);
/* The tuple of the packet of @family at p->inner, as it was sent; also finds
 * p->inner_transport. False: nothing that we balance.
 */
bool ip_vs_packet_embedded(struct ip_vs_packet *p, const struct sk_buff *skb,
			   u8 family, struct ip_vs_tuple *inner);
/* Octets of the transport header that a PLAIN packet has at least; 0: it has no
 * ports to look at.
 */
static inline unsigned int ip_vs_packet_header(u8 protocol)
{
	switch (protocol) {
	case IPPROTO_TCP:
		return sizeof(struct tcphdr);
	case IPPROTO_UDP:
		return sizeof(struct udphdr);
	case IPPROTO_SCTP:
		return sizeof(struct sctphdr);
	default:
		return 0;
	}
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_TUNNEL_PARSE_H
#define _IP_VS_TUNNEL_PARSE_H

/* What an ICMP error quotes of a packet of our own tunnels. Pure: reads the packet
 * and nothing else.
 */

#include "encap.h"
#include "packet.h"

struct ip_vs_tunnel_error {
	struct ip_vs_tuple tuple;	/* of the client's packet, not sealed */
	union nf_inet_addr daddr;	/* the tunnel's other end */
	struct ip_vs_encap encap;	/* as the embedded headers say */
	unsigned int transport;	/* offset of the ICMP header, */
	unsigned int outer;	/* of the tunnel's, */
	unsigned int inner;	/* and of the client's packet */
};

/* Does @skb, an error of @p's family that the stack is about to take, embed a
 * packet of a tunnel with enough of a client's packet in it? Reads only.
 */
bool ip_vs_tunnel_error_parse(struct ip_vs_tunnel_error *e,
			      const struct sk_buff *skb,
			      const struct ip_vs_packet *p);

#endif

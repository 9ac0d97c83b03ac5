/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_TUNNEL_ERROR_H
#define _IP_VS_TUNNEL_ERROR_H

/* ICMP errors about the packets of our own tunnels: a router between us and a
 * real server sends them to us, and they concern the client whose packet was
 * inside.
 */

#include "conn.h"
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
/* Is it about a packet that we sent for @c? RCU. */
bool ip_vs_tunnel_error_concerns(const struct ip_vs_tunnel_error *e,
				 const struct ip_vs_conn *c);
/* Learn the path's MTU from it, and tell the client. Consumes @skb, which came
 * to LOCAL_IN. The octets of the client's packet that there were; 0: it is not
 * told. RCU, BH disabled.
 */
unsigned int ip_vs_tunnel_error_relay(struct net *net, struct sk_buff *skb,
				      const struct ip_vs_tunnel_error *e,
				      const struct ip_vs_conn *c);

#endif

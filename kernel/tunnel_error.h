/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_TUNNEL_ERROR_H
#define _IP_VS_TUNNEL_ERROR_H

/* ICMP errors about the packets of our own tunnels: a router between us and a
 * real server sends them to us, and they concern the client whose packet was
 * inside.
 */

#include "conn.h"
#include "tunnel_parse.h"

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

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_FLOW_H
#define _IP_VS_FLOW_H

/* The way of a packet, told once:
 *
 *	parse, look up - known:   state, account, transmit, replicate
 *		       - unknown: find service, schedule, then as above
 *
 * All return a netfilter verdict; with NF_STOLEN the skb is gone. Context:
 * netfilter hooks, under RCU, BH disabled.
 */

#include "netns.h"

/* A packet for this host, or from it (LOCAL_IN, LOCAL_OUT): of a known
 * connection, in either direction, or one that opens a connection.
 */
unsigned int ip_vs_flow_local(struct ip_vs_net *ns, struct sk_buff *skb,
			      unsigned int hook, u8 family);
/* A packet on its way through: an answer of a real server, or an ICMP error about
 * a known connection. At FORWARD, or @ahead of it at PRE_ROUTING (see input.h).
 */
unsigned int ip_vs_flow_through(struct ip_vs_net *ns, struct sk_buff *skb,
				u8 family, bool ahead);

/* See ip_vs_conns.lingers. */
void ip_vs_flow_lingers(struct ip_vs_conns *conns, struct ip_vs_conn *c);

#endif

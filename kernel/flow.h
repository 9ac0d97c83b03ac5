/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_FLOW_H
#define _IP_VS_FLOW_H

/* The way of a packet, told once:
 *
 *	parse, look up - known:   state, account, replicate, transmit
 *		       - unknown: find service, schedule, then as above
 *
 * All return a netfilter verdict; with NF_STOLEN the skb is gone. Context:
 * netfilter hooks, under RCU, BH disabled.
 */

#include "netns.h"

/* A packet of a known connection, in either direction. On FORWARD only answers
 * and errors about them are ours.
 */
unsigned int ip_vs_flow_known4(struct ip_vs_net *ns, struct sk_buff *skb,
			       unsigned int hook);
/* A packet that the above has just let pass: does it open a connection? */
unsigned int ip_vs_flow_new4(struct ip_vs_net *ns, struct sk_buff *skb,
			     unsigned int hook);
/* ICMP errors on FORWARD, for services whose address is not local. */
unsigned int ip_vs_flow_error4(struct ip_vs_net *ns, struct sk_buff *skb,
			       unsigned int hook);

/* See ip_vs_conns.lingers. */
void ip_vs_flow_lingers(struct ip_vs_conns *conns, struct ip_vs_conn *c);

#endif

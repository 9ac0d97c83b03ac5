/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_XMIT_H
#define _IP_VS_XMIT_H

/* Sending a client's packet (or an ICMP error that travels like one) to where
 * its connection says.
 */

#include "conn.h"
#include "packet.h"

struct ip_vs_xmit {
	struct net *net;
	unsigned int hook;	/* NF_INET_*: where the packet is */
	const void *owner;	/* priv of our hooks */
	bool pmtu_disc;		/* tunnels honour DF */
	bool error;		/* the packet is an ICMP error */
};

/* Returns NF_STOLEN: sent or dropped, @skb is gone; or NF_ACCEPT: the real
 * server is the director itself, @skb goes on to the local stack. RCU, BH
 * disabled.
 */
unsigned int ip_vs_xmit(const struct ip_vs_xmit *x, struct sk_buff *skb,
			const struct ip_vs_packet *p, struct ip_vs_conn *c);

#endif

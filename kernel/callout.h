/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CALLOUT_H
#define _IP_VS_CALLOUT_H

/* Real servers that begin to talk: where the service's persistence engine lets
 * them, they do so in its name, and the client's answers come back to them.
 */

#include "netns.h"
#include "packet.h"

/* May any? Asked first. */
static inline bool ip_vs_callout_possible(const struct ip_vs_net *ns)
{
	return unlikely(READ_ONCE(ns->svcs.num_talkative));
}

/* The connection of a packet @p that belongs to none and comes from such a
 * server: in the table, or, with IP_VS_CONN_F_ONE_PACKET, the caller's to drop.
 * NULL: it is of nobody who may. RCU, BH disabled.
 */
struct ip_vs_conn *ip_vs_callout(struct ip_vs_net *ns, struct sk_buff *skb,
				 const struct ip_vs_packet *p);

/* Does @p, which belongs to none either, come from a real server that may not,
 * and does it want an answer, not only end something? RCU.
 */
bool ip_vs_callout_astray(struct ip_vs_net *ns, const struct sk_buff *skb,
			  const struct ip_vs_packet *p);

#endif

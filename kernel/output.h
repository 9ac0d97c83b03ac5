/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_OUTPUT_H
#define _IP_VS_OUTPUT_H

/* How a finished packet leaves the host: by the way of locally made ones,
 * through LOCAL_OUT and POST_ROUTING; or, where nobody stands on that way who
 * could tell the difference, straight to the neighbour.
 */

#include <linux/skbuff.h>
#include <net/net_namespace.h>

/* @skb has its route and its final network header; it is consumed. @owner: the
 * priv of our own hooks, which let pass what we send. @fits: it is known to be
 * no longer than the route's MTU. RCU, BH disabled.
 */
void ip_vs_output(struct net *net, struct sk_buff *skb, u8 family,
		  const void *owner, bool fits);
/* Before @skb's sender is told of it by ICMP. RCU. */
void ip_vs_speak_for(struct net *net, struct sk_buff *skb, u8 family);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_ENCAP_H
#define _IP_VS_ENCAP_H

#include <linux/skbuff.h>

#include "route.h"

/* Octets a tunnel's headers take from the path's MTU. */
unsigned int ip_vs_encap_overhead(void);

/* Put an outer IPv4 header (IP in IP, RFC 2003) before an IPv4 packet, from
 * route->saddr to @daddr, with DF if @df. @skb must be writable in its network
 * header. False: no memory, @skb is as it was to its owner, who drops it.
 */
bool ip_vs_encap_ipip(struct sk_buff *skb, const struct ip_vs_route *route,
		      __be32 daddr, bool df);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_VIEW_H
#define _IP_VS_VIEW_H

/* What other modules may ask ip_vs about a packet: the one interface to them
 * that knows connections. Copies, so that nobody depends on our structures.
 */

#include <linux/netfilter.h>
#include <linux/skbuff.h>

struct ip_vs_view {
	union nf_inet_addr vaddr;
	__be16 vport;
	__be16 control_vport;	/* of the connection that controls this one */
	bool controlled;
	u8 fwd;			/* IP_VS_CONN_F_FWD_MASK value */
	u8 protocol;
};

/* Of a packet that ip_vs has sent on to a real server, its headers being as
 * they are after that. False: it belongs to no connection, or its own header is
 * inside another. RCU.
 */
bool ip_vs_view_sent(struct net *net, const struct sk_buff *skb, u8 family,
		     struct ip_vs_view *view);

#endif

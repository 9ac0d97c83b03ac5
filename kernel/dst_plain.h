/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_DST_PLAIN_H
#define _IP_VS_DST_PLAIN_H

/* Nearly every route to a real server is one of IPv4 without IPsec. */

#include <net/dst.h>
#include <net/route.h>

/* dst_check() of one that can be obsolete. What ipv4_dst_check() would say
 * (net/ipv4/route.c) is said without the call. RCU.
 */
static inline bool ip_vs_dst_valid(struct dst_entry *dst, u32 cookie)
{
	const struct rtable *rt = (const struct rtable *)dst;

	if (unlikely(dst->ops->family != AF_INET || dst_xfrm(dst)))
		return dst->ops->check(dst, cookie);
	return dst->obsolete == DST_OBSOLETE_FORCE_CHK &&
	       rt->rt_genid == rt_genid_ipv4(dev_net(dst->dev));
}

#endif

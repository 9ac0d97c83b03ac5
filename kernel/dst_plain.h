/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_DST_PLAIN_H
#define _IP_VS_DST_PLAIN_H

/* Nearly every route to a real server is one without IPsec. */

#include <linux/rcupdate.h>
#include <net/dst.h>
#include <net/ip6_fib.h>
#include <net/route.h>

/* What ipv4_dst_check() and ip6_dst_check() would say (net/ipv4/route.c,
 * net/ipv6/route.c), of a route without IPsec. RCU.
 */

static inline bool ip_vs_dst4_valid(const struct dst_entry *dst)
{
	const struct rtable *rt = (const struct rtable *)dst;

	return dst->obsolete == DST_OBSOLETE_FORCE_CHK &&
	       rt->rt_genid == rt_genid_ipv4(dev_net(dst->dev));
}

static inline bool ip_vs_dst6_valid(struct dst_entry *dst, u32 cookie)
{
	const struct rt6_info *rt = (const struct rt6_info *)dst;
	const struct fib6_info *from;
	u32 now;

	if (unlikely(rt->sernum || rt->rt6i_flags & RTF_EXPIRES))
		return dst->ops->check(dst, cookie);
	from = rcu_dereference(rt->from);
	return from && dst->obsolete == DST_OBSOLETE_FORCE_CHK &&
	       fib6_get_cookie_safe(from, &now) && now == cookie &&
	       !fib6_check_expired(from);
}

/* dst_check() of one that can be obsolete, mostly without the call. RCU. */
static __always_inline bool ip_vs_dst_valid(struct dst_entry *dst,
					    u32 cookie)
{
	if (unlikely(dst_xfrm(dst)))
		return dst->ops->check(dst, cookie);
	return dst->ops->family == AF_INET ? ip_vs_dst4_valid(dst)
					   : ip_vs_dst6_valid(dst, cookie);
}

#endif

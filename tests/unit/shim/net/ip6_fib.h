/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_IP6_FIB_H
#define _SHIM_NET_IP6_FIB_H

#include <net/dst.h>

#define RTF_EXPIRES	0x00400000

struct fib6_info {
	__u32 cookie;
	bool gone, expired;
};

struct rt6_info {
	struct dst_entry dst;
	struct fib6_info *from;
	int sernum;
	__u32 rt6i_flags;
};

static inline bool fib6_get_cookie_safe(const struct fib6_info *from, __u32 *cookie)
{
	*cookie = from->cookie;
	return !from->gone;
}

static inline bool fib6_check_expired(const struct fib6_info *from)
{
	return from->expired;
}

#endif

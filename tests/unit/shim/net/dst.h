/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_DST_H
#define _SHIM_NET_DST_H

#include <linux/types.h>

#define DST_OBSOLETE_FORCE_CHK	(-1)

struct dst_entry;
struct net_device;

struct dst_ops {
	struct dst_entry *(*check)(struct dst_entry *dst, __u32 cookie);
	unsigned short family;
};

struct dst_entry {
	const struct dst_ops *ops;
	short obsolete;
	int references;
	struct net_device *dev;
};

static inline void dst_release(struct dst_entry *dst)
{
	if (dst)
		dst->references--;
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_DST_CACHE_H
#define _SHIM_NET_DST_CACHE_H

#include <linux/types.h>

struct dst_cache {
	void *memory;
};

static inline int dst_cache_init(struct dst_cache *cache, gfp_t gfp)
{
	cache->memory = malloc(1 + gfp);
	return cache->memory ? 0 : -ENOMEM;
}

static inline void dst_cache_destroy(struct dst_cache *cache)
{
	free(cache->memory);
}

#endif

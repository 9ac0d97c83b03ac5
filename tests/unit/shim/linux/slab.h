/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_SLAB_H
#define _SHIM_LINUX_SLAB_H

#include <linux/types.h>

#define GFP_KERNEL 0u
#define GFP_ATOMIC 1u

/* So many allocations succeed before one fails; negative: all do. */
extern int shim_memory;

static inline void *shim_alloc(size_t size, bool zero)
{
	void *memory;

	if (shim_memory >= 0 && shim_memory-- == 0)
		return NULL;
	memory = malloc(size);
	if (memory)
		memset(memory, zero ? 0 : 0xa5, size);
	return memory;
}

#define kmalloc(size, gfp) ((void)(gfp), shim_alloc(size, false))
#define kzalloc(size, gfp) ((void)(gfp), shim_alloc(size, true))
#define kvmalloc(size, gfp) kmalloc(size, gfp)
#define kvzalloc(size, gfp) kzalloc(size, gfp)
#define kfree(p) free((void *)(p))

/* A cache is the size of its objects; what it still holds at its end is a leak.
 */
struct kmem_cache {
	size_t size;
};

#define SLAB_HWCACHE_ALIGN 0
#define kmem_cache_create(name, size, align, flags, ctor) \
	((void)(name), (void)(ctor), shim_cache_new(size))
#define kmem_cache_alloc(cache, gfp) ((void)(gfp), shim_alloc((cache)->size, false))
#define kmem_cache_free(cache, p) ((void)(cache), free(p))
#define kmem_cache_destroy(cache) free(cache)

static inline struct kmem_cache *shim_cache_new(size_t size)
{
	struct kmem_cache *cache;

	cache = (struct kmem_cache *)shim_alloc(sizeof(*cache), false);
	if (cache)
		cache->size = size;
	return cache;
}
#define kvfree(p) free(p)

#endif

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
#define kfree(p) free(p)
#define kvfree(p) free(p)

#endif

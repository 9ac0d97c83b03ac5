/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_RANDOM_H
#define _SHIM_LINUX_RANDOM_H

#include <linux/types.h>

/* The same in each run. */
static inline void get_random_bytes(void *to, size_t len)
{
	memset(to, 0x5c, len);
}

static inline u32 get_random_u32(void)
{
	u32 number;

	get_random_bytes(&number, sizeof(number));
	return number;
}

#endif

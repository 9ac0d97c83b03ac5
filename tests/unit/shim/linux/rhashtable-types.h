/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_RHASHTABLE_TYPES_H
#define _SHIM_LINUX_RHASHTABLE_TYPES_H

#include <linux/jiffies.h>

/* For the layout alone: no table is tested here. */
struct rhash_head {
	struct rhash_head *next;
};

struct rhashtable {
	char none;
};

struct rhashtable_iter;

#endif

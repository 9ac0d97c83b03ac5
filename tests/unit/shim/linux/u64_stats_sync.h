/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_U64_STATS_SYNC_H
#define _SHIM_LINUX_U64_STATS_SYNC_H

#include <linux/types.h>

/* As on a 64-bit machine: no sequence is needed. */
typedef struct { u64 v; } u64_stats_t;
struct u64_stats_sync { char none; };

static inline void u64_stats_init(struct u64_stats_sync *s) { (void)s; }
static inline void u64_stats_update_begin(struct u64_stats_sync *s) { (void)s; }
static inline void u64_stats_update_end(struct u64_stats_sync *s) { (void)s; }
static inline unsigned int u64_stats_fetch_begin(const struct u64_stats_sync *s)
{
	(void)s;
	return 0;
}
static inline bool u64_stats_fetch_retry(const struct u64_stats_sync *s,
					 unsigned int start)
{
	(void)s;
	return start;
}

static inline u64 u64_stats_read(const u64_stats_t *p)
{
	return READ_ONCE(p->v);
}

static inline void u64_stats_add(u64_stats_t *p, unsigned long n)
{
	p->v += n;
}

static inline void u64_stats_inc(u64_stats_t *p)
{
	p->v++;
}

#endif

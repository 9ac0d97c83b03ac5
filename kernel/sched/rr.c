// SPDX-License-Identifier: GPL-2.0-only
/* Round robin: the next ready server after the last one used. */

#include "sched.h"

/* The cursor is the position after the last server used: 0 to pool->n. */

static unsigned int rr_wrap(const struct ip_vs_pool *pool, unsigned int i)
{
	return i < pool->n ? i : i - pool->n;
}

/* The first ready server from @start on, all of them round; pool->n if none. */
static unsigned int rr_next(const struct ip_vs_pool *pool, unsigned int start)
{
	unsigned int i, at;

	for (i = 0; i < pool->n; i++) {
		at = rr_wrap(pool, start + i);
		if (ip_vs_dest_ready(pool->dest[at]))
			return at;
	}
	return pool->n;
}

static struct ip_vs_dest *rr_pick(struct ip_vs_pool *pool,
				  const struct ip_vs_tuple *client)
{
	s64 old = atomic64_read(&pool->cursor);
	unsigned int at;

	do {
		at = rr_next(pool, old);
		if (at == pool->n) {
			ip_vs_sched_no_dest(pool, client);
			return NULL;
		}
	} while (!atomic64_try_cmpxchg(&pool->cursor, &old, at + 1));
	return pool->dest[at];
}

/* Go on after the last server used; if that one left, after the nearest before
 * it that stayed.
 */
static int rr_build(struct ip_vs_pool *pool, const struct ip_vs_pool *old)
{
	s64 i = old ? atomic64_read(&old->cursor) : 0;

	while (i > 0) {
		int at = ip_vs_pool_index(pool, old->dest[--i]);

		if (at >= 0) {
			atomic64_set(&pool->cursor, at + 1);
			break;
		}
	}
	return 0;
}

static struct ip_vs_scheduler rr_scheduler = {
	.name = "rr",
	.module = THIS_MODULE,
	.build = rr_build,
	.pick = rr_pick,
};

static int __init rr_init(void)
{
	return register_ip_vs_scheduler(&rr_scheduler);
}

static void __exit rr_exit(void)
{
	unregister_ip_vs_scheduler(&rr_scheduler);
}

module_init(rr_init);
module_exit(rr_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("IPVS round robin scheduler");
MODULE_VERSION(IP_VS_VERSION);

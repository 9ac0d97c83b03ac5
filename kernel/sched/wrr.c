// SPDX-License-Identifier: GPL-2.0-only
/* Weighted round robin, interleaved: rounds over the list with a falling bar,
 * and in each round the servers are used whose weight reaches the bar. The bar
 * falls from the greatest weight to 1 in steps of the weights' greatest common
 * divisor, so that in one cycle each server is used weight / divisor times.
 */

#include <linux/gcd.h>
#include <linux/slab.h>

#include "sched.h"

/* Of the weights as they were when the pool was built. */
struct wrr {
	u32 step;	/* greatest common divisor, 1 without weights */
	u32 top;	/* the highest bar; 0: no weights */
	u32 weight[];
};

/* What moves, packed into the pool's cursor. */
struct wrr_at {
	u32 next;	/* where in the list the round goes on */
	u32 bar;
};

static struct wrr_at wrr_unpack(s64 cursor)
{
	return (struct wrr_at) { .next = cursor, .bar = (u64)cursor >> 32 };
}

static s64 wrr_pack(struct wrr_at at)
{
	return (u64)at.bar << 32 | at.next;
}

static bool wrr_reaches(const struct ip_vs_pool *pool, u32 i, u32 bar)
{
	const struct wrr *wrr = pool->priv;

	return wrr->weight[i] >= bar && ip_vs_dest_ready(pool->dest[i]);
}

/* Who is first in a new round with @bar; who would be if it fell as far as the
 * ready servers' greatest weight, where no one reaches it, is found in the
 * same walk, so that high weights of absent servers cost nothing.
 */
static bool wrr_round(const struct ip_vs_pool *pool, struct wrr_at *at)
{
	const struct wrr *wrr = pool->priv;
	u32 i, best = 0, greatest = 0;

	for (i = 0; i < pool->n; i++) {
		if (wrr->weight[i] <= greatest || !wrr_reaches(pool, i, 1))
			continue;
		best = i;
		greatest = wrr->weight[i];
		if (greatest >= at->bar)
			break;
	}
	if (!greatest)
		return false;
	if (greatest < at->bar)
		at->bar = greatest - (wrr->step - 1);
	at->next = best;
	return true;
}

/* Move @at to the server to use; false if there is none. */
static bool wrr_next(const struct ip_vs_pool *pool, struct wrr_at *at)
{
	const struct wrr *wrr = pool->priv;

	if (!wrr->top)
		return false;
	for (; at->next < pool->n; at->next++) {
		if (wrr_reaches(pool, at->next, at->bar))
			return true;
	}
	at->bar = at->bar > wrr->step ? at->bar - wrr->step : wrr->top;
	return wrr_round(pool, at);
}

static struct ip_vs_dest *wrr_pick(struct ip_vs_pool *pool,
				   const struct ip_vs_tuple *client)
{
	s64 old = atomic64_read(&pool->cursor);
	struct wrr_at at;
	u32 used;

	do {
		at = wrr_unpack(old);
		if (!wrr_next(pool, &at)) {
			ip_vs_sched_no_dest(pool, client);
			return NULL;
		}
		used = at.next++;
	} while (!atomic64_try_cmpxchg(&pool->cursor, &old, wrr_pack(at)));
	return pool->dest[used];
}

static void wrr_measure(struct ip_vs_pool *pool, struct wrr *wrr)
{
	u32 i, greatest = 0, divisor = 0;

	for (i = 0; i < pool->n; i++) {
		wrr->weight[i] = ip_vs_dest_weight(pool->dest[i]);
		greatest = max(greatest, wrr->weight[i]);
		divisor = gcd(divisor, wrr->weight[i]);
	}
	wrr->step = divisor ?: 1;
	wrr->top = greatest ? greatest - (wrr->step - 1) : 0;
}

/* A new round begins; its bar is the old one, as far as it fits the weights.
 */
static u32 wrr_carry(const struct wrr *wrr, const struct ip_vs_pool *old)
{
	u32 bar = old ? wrr_unpack(atomic64_read(&old->cursor)).bar : 0;

	if (!bar || bar > wrr->top)
		return wrr->top;
	return wrr->step > 1 ? bar / wrr->step * wrr->step + 1 : bar;
}

static int wrr_build(struct ip_vs_pool *pool, const struct ip_vs_pool *old)
{
	struct wrr *wrr;

	wrr = kvmalloc(struct_size(wrr, weight, pool->n), GFP_KERNEL);
	if (!wrr)
		return -ENOMEM;
	wrr_measure(pool, wrr);
	pool->priv = wrr;
	atomic64_set(&pool->cursor,
		     wrr_pack((struct wrr_at) { .bar = wrr_carry(wrr, old) }));
	return 0;
}

static void wrr_release(struct ip_vs_pool *pool)
{
	kvfree(pool->priv);
}

static struct ip_vs_scheduler wrr_scheduler = {
	.name = "wrr",
	.module = THIS_MODULE,
	.build = wrr_build,
	.release = wrr_release,
	.pick = wrr_pick,
};

static int __init wrr_init(void)
{
	return register_ip_vs_scheduler(&wrr_scheduler);
}

static void __exit wrr_exit(void)
{
	unregister_ip_vs_scheduler(&wrr_scheduler);
}

module_init(wrr_init);
module_exit(wrr_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("IPVS weighted round robin scheduler");
MODULE_VERSION(IP_VS_VERSION);

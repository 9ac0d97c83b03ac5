// SPDX-License-Identifier: GPL-2.0-only
/* Weighted least connection: the ready server with the least load for its
 * weight, the first of equals.
 */

#include "sched.h"

struct wlc_share {
	u64 load;	/* below 2^41 */
	u32 weight;	/* below 2^31 */
};

/* Upper and lower part of load * weight, which takes up to 72 bits. */
static u64 wlc_product(u64 load, u32 weight, u32 *low)
{
	u64 lower = (load & U32_MAX) * weight;

	*low = lower;
	return (load >> 32) * weight + (lower >> 32);
}

/* Is a.load / a.weight less than b's? */
static bool wlc_less(struct wlc_share a, struct wlc_share b)
{
	u32 a_low, b_low;
	u64 a_high = wlc_product(a.load, b.weight, &a_low);
	u64 b_high = wlc_product(b.load, a.weight, &b_low);

	return a_high < b_high || (a_high == b_high && a_low < b_low);
}

static struct ip_vs_dest *wlc_pick(struct ip_vs_pool *pool,
				   const struct ip_vs_tuple *client)
{
	struct wlc_share share, least_share = {};
	struct ip_vs_dest *dest, *least = NULL;
	unsigned int i;

	for (i = 0; i < pool->n; i++) {
		dest = pool->dest[i];
		if (!ip_vs_dest_ready(dest))
			continue;
		share.load = ip_vs_dest_overhead(dest);
		share.weight = ip_vs_dest_weight(dest);
		if (!least || wlc_less(share, least_share)) {
			least = dest;
			least_share = share;
		}
	}
	if (!least)
		ip_vs_sched_no_dest(pool, client);
	return least;
}

static struct ip_vs_scheduler wlc_scheduler = {
	.name = "wlc",
	.module = THIS_MODULE,
	.pick = wlc_pick,
};

static int __init wlc_init(void)
{
	return register_ip_vs_scheduler(&wlc_scheduler);
}

static void __exit wlc_exit(void)
{
	unregister_ip_vs_scheduler(&wlc_scheduler);
}

module_init(wlc_init);
module_exit(wlc_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("IPVS weighted least connection scheduler");
MODULE_VERSION(IP_VS_VERSION);

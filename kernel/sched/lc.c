// SPDX-License-Identifier: GPL-2.0-only
/* Least connection: the ready server with the least load, the first of equals.
 */

#include "sched.h"

static struct ip_vs_dest *lc_pick(struct ip_vs_pool *pool,
				  const struct ip_vs_tuple *client)
{
	struct ip_vs_dest *least = NULL;
	u64 load, least_load = U64_MAX;
	unsigned int i;

	for (i = 0; i < pool->n; i++) {
		if (!ip_vs_dest_ready(pool->dest[i]))
			continue;
		load = ip_vs_dest_overhead(pool->dest[i]);
		if (load < least_load) {
			least = pool->dest[i];
			least_load = load;
		}
	}
	if (!least)
		ip_vs_sched_no_dest(pool, client);
	return least;
}

static struct ip_vs_scheduler lc_scheduler = {
	.name = "lc",
	.module = THIS_MODULE,
	.pick = lc_pick,
};

static int __init lc_init(void)
{
	return register_ip_vs_scheduler(&lc_scheduler);
}

static void __exit lc_exit(void)
{
	unregister_ip_vs_scheduler(&lc_scheduler);
}

module_init(lc_init);
module_exit(lc_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("IPVS least connection scheduler");
MODULE_VERSION(IP_VS_VERSION);

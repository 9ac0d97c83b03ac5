/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_SCHED_H
#define _IP_VS_SCHED_H

/* Schedulers. An algorithm picks from a pool: an immutable table of a
 * service's destinations, newest first, which the control plane replaces as a
 * whole whenever they change. What moves (a round robin's position) is atomic
 * inside the pool and carried over to its successor.
 */

#include <linux/module.h>
#include <linux/rcupdate.h>
#include <uapi/linux/ip_vs.h>

#include "tuple.h"
#include "dest.h"

struct ip_vs_pool;

/* Registered by a module of its own; all functions must be there but those
 * marked optional.
 */
struct ip_vs_scheduler {
	char name[IP_VS_SCHEDNAME_MAXLEN];
	struct module *module;
	struct list_head list;

	/* Optional. Prepare @pool (its dests are filled in, @priv and @cursor
	 * are 0), taking over from @old, which may be NULL or still in use by
	 * packets. GFP_KERNEL; errors refuse the control operation.
	 */
	int (*build)(struct ip_vs_pool *pool, const struct ip_vs_pool *old);
	/* Optional. Free @priv. */
	void (*release)(struct ip_vs_pool *pool);
	/* A ready dest for a client's packet, or NULL. RCU, any CPU, no lock.
	 */
	struct ip_vs_dest *(*pick)(struct ip_vs_pool *pool,
				   const struct ip_vs_tuple *client);
};

struct ip_vs_pool {
	const struct ip_vs_scheduler *sched;	/* holds its module */
	void *priv;				/* of @sched */
	atomic64_t cursor;			/* of @sched */
	struct rcu_head rcu;
	unsigned int n;
	struct ip_vs_dest *dest[];
};

/* -EEXIST if the name is taken, -EINVAL if something is missing. */
int register_ip_vs_scheduler(struct ip_vs_scheduler *sched);
/* No service uses it; waits for what RCU still has of it. */
void unregister_ip_vs_scheduler(struct ip_vs_scheduler *sched);

/* Holding its module, or NULL; loads nothing. */
const struct ip_vs_scheduler *ip_vs_sched_get(const char *name);
void ip_vs_sched_put(const struct ip_vs_scheduler *sched);

/* A pool of @n dests listed on @dests (ip_vs_dest.in_svc). GFP_KERNEL.
 * ERR_PTR: -ENOMEM or what the scheduler says.
 */
struct ip_vs_pool *ip_vs_pool_build(const struct ip_vs_scheduler *sched,
				    const struct list_head *dests,
				    const struct ip_vs_pool *old);
/* After a grace period, or at once when nobody ever saw it. @pool may be NULL.
 */
void ip_vs_pool_free(struct ip_vs_pool *pool);
void ip_vs_pool_free_now(struct ip_vs_pool *pool);

/* Position of @dest in @pool, or -1. */
int ip_vs_pool_index(const struct ip_vs_pool *pool,
		     const struct ip_vs_dest *dest);

/* Say, rate-limited, that none was ready for a packet of this tuple. */
void ip_vs_sched_no_dest(const struct ip_vs_pool *pool,
			 const struct ip_vs_tuple *client);

/* Connections as load: an active one weighs as much as 256 others. */
static inline u64 ip_vs_dest_overhead(const struct ip_vs_dest *dest)
{
	return ((u64)(u32)atomic_read(&dest->active) << 8) +
	       (u32)atomic_read(&dest->total);
}

#endif

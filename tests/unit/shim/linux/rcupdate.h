/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_RCUPDATE_H
#define _SHIM_LINUX_RCUPDATE_H

#include <linux/types.h>

/* A grace period is over as soon as it begins: no test frees what another
 * thread reads.
 */
struct rcu_head {
	char none;
};

static inline void call_rcu(struct rcu_head *head,
			    void (*done)(struct rcu_head *head))
{
	done(head);
}

#define kfree_rcu(p, member) kfree(p)
static inline void rcu_barrier(void) {}
static inline void rcu_read_lock(void) {}
static inline void rcu_read_unlock(void) {}

#define rcu_dereference(p) READ_ONCE(p)
#define rcu_dereference_raw(p) READ_ONCE(p)
#define rcu_access_pointer(p) READ_ONCE(p)
#define rcu_assign_pointer(p, v) WRITE_ONCE(p, v)
#define RCU_INIT_POINTER(p, v) WRITE_ONCE(p, v)

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_SPINLOCK_H
#define _SHIM_LINUX_SPINLOCK_H

#include <linux/types.h>

/* By the calling thread, ever. */
#ifdef __cplusplus
extern thread_local unsigned int shim_locks_taken;
#else
extern _Thread_local unsigned int shim_locks_taken;
#endif

/* Locks between the threads of a test, and knows whether it is held. */
typedef struct {
	bool held;
} spinlock_t;

static inline void spin_lock_init(spinlock_t *lock)
{
	lock->held = false;
}

static inline void spin_lock_bh(spinlock_t *lock)
{
	shim_locks_taken++;
	while (__atomic_test_and_set(&lock->held, __ATOMIC_ACQUIRE))
		;
}

static inline void spin_unlock_bh(spinlock_t *lock)
{
	__atomic_clear(&lock->held, __ATOMIC_RELEASE);
}

#define lockdep_assert_held(lock) WARN_ON_ONCE(!(lock)->held)

#endif

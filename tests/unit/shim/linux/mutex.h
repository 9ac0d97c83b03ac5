/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_MUTEX_H
#define _SHIM_LINUX_MUTEX_H

#include <linux/spinlock.h>

#define DEFINE_MUTEX(name) spinlock_t name
#define mutex_lock(mutex) spin_lock_bh(mutex)
#define mutex_unlock(mutex) spin_unlock_bh(mutex)

#endif

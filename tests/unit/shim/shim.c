// SPDX-License-Identifier: GPL-2.0-only
/* What the shim headers only declare. */

#include <linux/atomic.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

unsigned int shim_log_lines;
int shim_memory = -1;
unsigned long jiffies;
_Thread_local int shim_cpu;
_Thread_local unsigned int shim_locks_taken;
_Thread_local void (*shim_meanwhile)(void);

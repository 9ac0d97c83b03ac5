/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_PERCPU_H
#define _SHIM_LINUX_PERCPU_H

#include <linux/slab.h>

#define SHIM_CPUS 3

/* The CPU that the thread plays. */
#ifdef __cplusplus
extern thread_local int shim_cpu;
#else
extern _Thread_local int shim_cpu;
#endif

#define alloc_percpu(type) ((type *)shim_alloc(SHIM_CPUS * sizeof(type), true))
#define free_percpu(p) free(p)
#define per_cpu_ptr(p, cpu) (&(p)[cpu])
#define this_cpu_ptr(p) per_cpu_ptr(p, shim_cpu)
#define for_each_possible_cpu(cpu) \
	for ((cpu) = 0; (cpu) < SHIM_CPUS; (cpu)++)

#endif

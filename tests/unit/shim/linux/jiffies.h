/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_JIFFIES_H
#define _SHIM_LINUX_JIFFIES_H

#include <linux/types.h>

#define HZ 250

/* Stands still unless a test moves it. */
extern unsigned long jiffies;

#define time_after_eq(a, b) ((long)((a) - (b)) >= 0)

#endif

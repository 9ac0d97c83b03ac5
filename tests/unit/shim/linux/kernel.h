/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_KERNEL_H
#define _SHIM_LINUX_KERNEL_H

#include <linux/types.h>

/* Counts the lines; their formats are the kernel's, so they are not printed. */
extern unsigned int shim_log_lines;

#define shim_log(...) ((void)sizeof(printf(__VA_ARGS__)), (void)shim_log_lines++)
#define pr_err(...) shim_log(__VA_ARGS__)
#define pr_info(...) shim_log(__VA_ARGS__)

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_GCD_H
#define _SHIM_LINUX_GCD_H

static inline unsigned long gcd(unsigned long a, unsigned long b)
{
	return b ? gcd(b, a % b) : a;
}

#endif

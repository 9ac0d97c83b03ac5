/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_INET_H
#define _SHIM_LINUX_INET_H

#include <linux/types.h>

int inet_pton(int family, const char *text, void *to);

/* Whole texts only: @delim is -1 and @end NULL. */
static inline int shim_pton(int family, const char *src, int len, u8 *dst)
{
	char text[64] = "";

	if (len >= (int)sizeof(text))
		return 0;
	memcpy(text, src, len);
	return inet_pton(family, text, dst) == 1;
}

static inline int in4_pton(const char *src, int len, u8 *dst, int delim,
			   const char **end)
{
	return shim_pton(AF_INET, src, len, dst);
}

static inline int in6_pton(const char *src, int len, u8 *dst, int delim,
			   const char **end)
{
	return shim_pton(AF_INET6, src, len, dst);
}

#endif

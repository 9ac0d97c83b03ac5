/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_IPV6_H
#define _SHIM_NET_IPV6_H

#include <linux/in6.h>
#include <linux/types.h>

static inline bool ipv6_addr_equal(const struct in6_addr *a,
				   const struct in6_addr *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static inline void ipv6_addr_prefix(struct in6_addr *to,
				    const struct in6_addr *from, int len)
{
	const u8 *in = (const u8 *)from;
	u8 *out = (u8 *)to;
	int i;

	for (i = 0; i < 128; i++) {
		u8 bit = 0x80 >> i % 8;

		out[i / 8] = (out[i / 8] & ~bit) | (i < len ? in[i / 8] & bit : 0);
	}
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_IP6_CHECKSUM_H
#define _SHIM_NET_IP6_CHECKSUM_H

#include <linux/in6.h>
#include <net/checksum.h>

/* With the pseudo header of RFC 8200, 8.1. */
static inline __sum16 csum_ipv6_magic(const struct in6_addr *saddr,
				      const struct in6_addr *daddr, u32 len,
				      u8 protocol, __wsum sum)
{
	int i;

	for (i = 0; i < 4; i++) {
		sum = csum_add(sum, saddr->s6_addr32[i]);
		sum = csum_add(sum, daddr->s6_addr32[i]);
	}
	sum = csum_add(sum, __cpu_to_be32(len));
	return csum_fold(csum_add(sum, __cpu_to_be32(protocol)));
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_ADDR_FILTER_H
#define _IP_VS_ADDR_FILTER_H

/* Has this address ever been put in? A bit for each of so many hashes, never taken
 * back: "no" is certain, "yes" is not, and means no more than to look closer. Both
 * functions in any context; who puts an address in before he publishes what belongs
 * to it need do nothing else.
 */

#include <linux/bitmap.h>
#include <linux/bitops.h>

#include "addr.h"
#include "limits.h"

struct ip_vs_addr_filter {
	DECLARE_BITMAP(bits, 1 << IP_VS_ADDR_FILTER_BITS);
};

static inline bool ip_vs_addr_filter_has(const struct ip_vs_addr_filter *filter,
					 u8 family,
					 const union nf_inet_addr *addr)
{
	return test_bit(ip_vs_addr_hash(family, addr, IP_VS_ADDR_FILTER_BITS),
			filter->bits);
}

static inline void ip_vs_addr_filter_add(struct ip_vs_addr_filter *filter,
					 u8 family,
					 const union nf_inet_addr *addr)
{
	u32 bit = ip_vs_addr_hash(family, addr, IP_VS_ADDR_FILTER_BITS);

	if (!test_bit(bit, filter->bits))
		set_bit(bit, filter->bits);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_IP_H
#define _SHIM_NET_IP_H

#include <linux/ip.h>

#define IPV4_MIN_MTU 68	/* RFC 791 */
#define IP_MF 0x2000
#define IP_OFFSET 0x1fff

static inline bool ip_is_fragment(const struct iphdr *iph)
{
	return iph->frag_off & __cpu_to_be16(IP_MF | IP_OFFSET);
}

#endif

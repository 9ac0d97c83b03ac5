/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_GRE_H
#define _SHIM_NET_GRE_H

#include <linux/types.h>

#define GRE_CSUM		__cpu_to_be16(0x8000)
#define GRE_HEADER_SECTION	4

struct gre_base_hdr {
	__be16 flags, protocol;
};

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_GUE_H
#define _SHIM_NET_GUE_H

#include <linux/types.h>

/* On a little-endian machine. */
struct guehdr {
	u8 hlen:5, control:1, version:2;
	u8 proto_ctype;
	__be16 flags;
};

#endif

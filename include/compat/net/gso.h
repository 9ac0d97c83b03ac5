/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_COMPAT_NET_GSO_H
#define _IP_VS_COMPAT_NET_GSO_H

/* Before 6.5 this was part of linux/skbuff.h. */
#if __has_include_next(<net/gso.h>)
#include_next <net/gso.h>
#else
#include <linux/skbuff.h>
#endif

#endif

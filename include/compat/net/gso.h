/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_COMPAT_NET_GSO_H
#define _IP_VS_COMPAT_NET_GSO_H

/* Before 6.5 this was part of linux/skbuff.h; Kbuild looks for it. */
#ifdef IP_VS_HAVE_NET_GSO_H
#include_next <net/gso.h>
#else
#include <linux/skbuff.h>
#endif

#endif

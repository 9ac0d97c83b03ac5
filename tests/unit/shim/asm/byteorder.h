/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_ASM_BYTEORDER_H
#define _SHIM_ASM_BYTEORDER_H

#include_next <asm/byteorder.h>

#define cpu_to_be16 __cpu_to_be16
#define cpu_to_be32 __cpu_to_be32
#define be16_to_cpu __be16_to_cpu
#define be32_to_cpu __be32_to_cpu
#define cpu_to_le32 __cpu_to_le32
#define swab32 __builtin_bswap32

#endif

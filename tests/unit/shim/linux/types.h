/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_TYPES_H
#define _SHIM_LINUX_TYPES_H

/* The words in which kernel sources are written, for a test program in C or
 * C++. Only what the tested sources use.
 */

#include_next <linux/types.h>
#include <asm/byteorder.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s8 s8;
typedef __s16 s16;
typedef __s32 s32;
typedef __s64 s64;
typedef unsigned int gfp_t;

#ifndef INT_MAX
#define INT_MAX __INT_MAX__
#define INT_MIN (-__INT_MAX__ - 1)
#endif
#define U8_MAX UINT8_MAX
#define U16_MAX UINT16_MAX
#define U32_MAX UINT32_MAX
#define U64_MAX UINT64_MAX

#define __force
#define __percpu
#define __rcu
#define __read_mostly
#define __packed __attribute__((packed))
#define __aligned(n) __attribute__((aligned(n)))

#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#ifndef __cplusplus
/* No option of the kernel is set. */
#define IS_ENABLED(option) 0

#define __init
#define __exit
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define min_t(t, a, b) min((t)(a), (t)(b))
#define max_t(t, a, b) max((t)(a), (t)(b))
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define static_assert _Static_assert
#define fallthrough __attribute__((fallthrough))
#define noinline __attribute__((noinline))
#define struct_size(p, member, n) \
	(sizeof(*(p)) + sizeof((p)->member[0]) * (n))
#define container_of(p, type, member) \
	((type *)((char *)(p) - offsetof(type, member)))

static inline void *ERR_PTR(long err) { return (void *)err; }
static inline long PTR_ERR(const void *p) { return (long)p; }
static inline bool IS_ERR(const void *p)
{
	return (unsigned long)p >= (unsigned long)-4095;
}

#undef ntohs
#undef ntohl
#undef htons
#undef htonl
#define ntohs __be16_to_cpu
#define ntohl __be32_to_cpu
#define htons __cpu_to_be16
#define htonl __cpu_to_be32
#endif

/* A broken invariant ends the test. */
#define WARN_ON_ONCE(x) ({ \
	bool broken = (x); \
	if (broken) \
		abort(); \
	broken; \
})

#endif

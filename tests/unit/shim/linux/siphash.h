/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_SIPHASH_H
#define _SHIM_LINUX_SIPHASH_H

#include <linux/types.h>

typedef struct { u64 key[2]; } siphash_key_t;
typedef struct { unsigned long key[2]; } hsiphash_key_t;

#define SIPHASH_ALIGNMENT sizeof(u64)
#define HSIPHASH_ALIGNMENT sizeof(unsigned long)

/* Not SipHash, but functions of every bit of their arguments. */
static inline u64 shim_mix(u64 hash, u64 word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 29;
}

static inline u64 siphash(const void *data, size_t len, const siphash_key_t *key)
{
	const u8 *p = (const u8 *)data;
	u64 hash = shim_mix(key->key[0], key->key[1]);

	while (len--)
		hash = shim_mix(hash, *p++);
	return hash;
}

static inline u32 hsiphash(const void *data, size_t len, const hsiphash_key_t *key)
{
	const siphash_key_t wide = { { key->key[0], key->key[1] } };

	return siphash(data, len, &wide);
}

static inline u32 hsiphash_3u32(u32 a, u32 b, u32 c,
				const hsiphash_key_t *key)
{
	const u32 words[] = { a, b, c };
	const siphash_key_t wide = { { key->key[0], key->key[1] } };

	return siphash(words, sizeof(words), &wide);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_KEY_H
#define _IP_VS_KEY_H

/* What the tables compare. Values, no locking. */

#include <linux/siphash.h>
#include <uapi/linux/ip_vs.h>

#include "addr.h"

/* What a tuple stands for. Client and server side live in one key space, so
 * that one lookup answers for both directions; a template never equals a
 * packet. All but a packet's are templates'.
 */
enum ip_vs_tuple_kind {
	IP_VS_TUPLE_PACKET,
	IP_VS_TUPLE_TEMPLATE,
	IP_VS_TUPLE_ENGINE,	/* also keyed by a persistence engine's data */
};

/* What a persistence engine found in a packet. */
struct ip_vs_pe_key {
	char engine[IP_VS_PENAME_MAXLEN];
	const u8 *data;		/* borrowed */
	u8 len;			/* octets of @data, not 0 */
};

/* What the table compares first, two words: who speaks what to which port, and
 * the addresses (IPv4) or what is quickly told of them (IPv6).
 */
struct ip_vs_key {
	union {
		struct {
			u8 family;
			u8 protocol;
			u8 kind;
			u8 dir;		/* of a stored key; 0 in a packet's */
			__be16 sport;
			__be16 dport;
		};
		u64 head;
	};
	union {
		struct {
			__be32 saddr;	/* (IPv6: a digest of both) */
			__be32 daddr;
		};
		u64 pair;
	};
};

/* The dir octet is no part of a comparison. */
#ifdef __LITTLE_ENDIAN
#define IP_VS_KEY_MASK	(~(0xffULL << 24))
#else
#define IP_VS_KEY_MASK	(~(0xffULL << 32))
#endif

static inline bool ip_vs_pe_key_equal(const struct ip_vs_pe_key *a,
				      const struct ip_vs_pe_key *b)
{
	return a->len == b->len && !memcmp(a->data, b->data, a->len) &&
	       !strcmp(a->engine, b->engine);
}

static inline bool ip_vs_key_equal(const struct ip_vs_key *a,
				   const struct ip_vs_key *b)
{
	return !((a->head ^ b->head) & IP_VS_KEY_MASK) && a->pair == b->pair;
}

/* Keyed, so that a client cannot choose the bucket (SipHash-1-3, see
 * Documentation/security/siphash.rst). Family, protocol and kind have few values
 * and go together with the ports: a handful of keys at most share what is hashed.
 */
static inline u32 ip_vs_key_hash(const struct ip_vs_key *k,
				 const hsiphash_key_t *secret)
{
	u64 head = k->head & IP_VS_KEY_MASK;

	return hsiphash_3u32((u32)head ^ (u32)(head >> 32),
			     (__force u32)k->saddr, (__force u32)k->daddr,
			     secret);
}

#endif

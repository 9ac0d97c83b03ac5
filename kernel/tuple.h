/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_TUPLE_H
#define _IP_VS_TUPLE_H

/* Who talks to whom, as a packet and a table entry say it. Values, no locking. */

#include <linux/siphash.h>

#include "addr.h"

/* What a tuple stands for. Client and server side live in one key space, so
 * that one lookup answers for both directions; a template never equals a
 * packet.
 */
enum ip_vs_tuple_kind {
	IP_VS_TUPLE_PACKET,
	IP_VS_TUPLE_TEMPLATE,
};

/* What the table compares first, two words: who speaks what to which port, and
 * the addresses (IPv4) or a digest of them (IPv6).
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
			__be32 saddr;
			__be32 daddr;
		};
		u64 pair;
	};
};

/* A tuple on the stack. For IPv4 only @k is filled; for IPv6 the addresses
 * are. The rest, @hash and an IPv6 k.pair, ip_vs_tuple_seal() adds, once.
 */
struct ip_vs_tuple {
	struct ip_vs_key k;
	u32 hash;
	struct in6_addr saddr6;
	struct in6_addr daddr6;
};

/* The returned union is readable only as far as the family goes. */
static inline const union nf_inet_addr *
ip_vs_tuple_src(const struct ip_vs_tuple *t)
{
	return t->k.family == AF_INET ? (const union nf_inet_addr *)&t->k.saddr
				      : (const union nf_inet_addr *)&t->saddr6;
}

static inline const union nf_inet_addr *
ip_vs_tuple_dst(const struct ip_vs_tuple *t)
{
	return t->k.family == AF_INET ? (const union nf_inet_addr *)&t->k.daddr
				      : (const union nf_inet_addr *)&t->daddr6;
}

static inline void ip_vs_tuple_set(struct ip_vs_tuple *t, u8 family,
				   const union nf_inet_addr *src,
				   const union nf_inet_addr *dst)
{
	t->k.family = family;
	if (family == AF_INET) {
		t->k.saddr = src->ip;
		t->k.daddr = dst->ip;
	} else {
		t->saddr6 = src->in6;
		t->daddr6 = dst->in6;
	}
}

/* The tuple of the answering packet. @to may not be @from. */
static inline void ip_vs_tuple_invert(struct ip_vs_tuple *to,
				      const struct ip_vs_tuple *from)
{
	to->k.head = from->k.head;
	to->k.sport = from->k.dport;
	to->k.dport = from->k.sport;
	ip_vs_tuple_set(to, from->k.family, ip_vs_tuple_dst(from),
			ip_vs_tuple_src(from));
}

/* The dir octet is no part of a comparison. */
#ifdef __LITTLE_ENDIAN
#define IP_VS_KEY_MASK	(~(0xffULL << 24))
#else
#define IP_VS_KEY_MASK	(~(0xffULL << 32))
#endif

static inline bool ip_vs_key_equal(const struct ip_vs_key *a,
				   const struct ip_vs_key *b)
{
	return !((a->head ^ b->head) & IP_VS_KEY_MASK) && a->pair == b->pair;
}

/* Keyed, so that a client cannot choose the bucket (SipHash-1-3, see
 * Documentation/security/siphash.rst).
 */
static inline u32 ip_vs_key_hash(const struct ip_vs_key *k,
				 const hsiphash_key_t *secret)
{
	u64 head = k->head & IP_VS_KEY_MASK;

	return hsiphash_4u32((u32)head, (u32)(head >> 32),
			     (__force u32)k->saddr, (__force u32)k->daddr,
			     secret);
}

#endif

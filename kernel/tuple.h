/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_TUPLE_H
#define _IP_VS_TUPLE_H

/* Who talks to whom, as a packet and a table entry say it. Values, no locking. */

#include "key.h"

/* A tuple on the stack. For IPv4 only @k is filled; for IPv6 the addresses
 * are. The rest, @hash and an IPv6 k.pair, ip_vs_tuple_seal() adds, once.
 */
struct ip_vs_tuple {
	struct ip_vs_key k;
	u32 hash;
	struct in6_addr saddr6;
	struct in6_addr daddr6;
	const struct ip_vs_pe_key *pe;	/* of kind ENGINE only */
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

/* conn.c: drawn once; of no use to anybody else. */
extern hsiphash_key_t ip_vs_conn_secret;
/* As ip_vs_key_hash(), of IPv6. Completes @k. */
u32 ip_vs_key_hash6(struct ip_vs_key *k, const struct in6_addr *saddr,
		    const struct in6_addr *daddr);

/* Make @t ready for the table. */
static inline void ip_vs_tuple_seal(struct ip_vs_tuple *t)
{
	t->hash = t->k.family == AF_INET
		? ip_vs_key_hash(&t->k, &ip_vs_conn_secret)
		: ip_vs_key_hash6(&t->k, &t->saddr6, &t->daddr6);
}

#endif

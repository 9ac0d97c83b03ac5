/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_ADDR_H
#define _IP_VS_ADDR_H

/* Addresses of both families. No locking; everything here is a value. */

#include <linux/hash.h>
#include <linux/netfilter.h>
#include <linux/string.h>
#include <linux/types.h>
#include <net/ipv6.h>

/* Whom a virtual service answers for; all padding zero, so that keys compare
 * as bytes. A firewall mark service has only family and mark.
 */
struct ip_vs_svc_key {
	union nf_inet_addr addr;
	u32 fwmark;
	__be16 port;
	u8 family;
	u8 protocol;
};

static inline bool ip_vs_addr_equal(u8 family, const union nf_inet_addr *a,
				    const union nf_inet_addr *b)
{
	if (family == AF_INET)
		return a->ip == b->ip;
	return ipv6_addr_equal(&a->in6, &b->in6);
}

/* For tables of addresses that no stranger can choose at will: no secret. */
static inline u32 ip_vs_addr_hash(u8 family, const union nf_inet_addr *addr,
				  unsigned int bits)
{
	u32 h = (__force u32)addr->ip;

	if (family != AF_INET)
		h ^= addr->all[1] ^ addr->all[2] ^ addr->all[3];
	return hash_32(h, bits);
}

/* Services are chosen by the administrator, and each new connection is looked
 * up: two multiplications. Each bit of the key matters to each of the hash, for
 * a table takes the lowest, and services come in rows of addresses or ports.
 */
static inline u32 ip_vs_svc_key_hash(const struct ip_vs_svc_key *key, u32 seed)
{
	const u32 *a = key->addr.all;
	u32 who = a[0] ^ a[1] ^ a[2] ^ a[3] ^ key->fwmark;
	u32 what = (__force u32)key->port << 16 | key->protocol << 8 |
		   key->family;

	return hash_64(hash_64(who ^ seed, 32) ^ what, 32);
}

/* @to gets @from and zeroes behind it, so that whole unions compare. */
static inline void ip_vs_addr_copy(u8 family, union nf_inet_addr *to,
				   const union nf_inet_addr *from)
{
	if (family == AF_INET) {
		memset(to, 0, sizeof(*to));
		to->ip = from->ip;
	} else {
		*to = *from;
	}
}

/* Keep the network part: @mask is a netmask (IPv4, network order) or a prefix
 * length (IPv6).
 */
static inline void ip_vs_addr_mask(u8 family, union nf_inet_addr *to,
				   const union nf_inet_addr *from, __be32 mask)
{
	memset(to, 0, sizeof(*to));
	if (family == AF_INET)
		to->ip = from->ip & mask;
	else
		ipv6_addr_prefix(&to->in6, &from->in6, (__force int)mask);
}

#endif

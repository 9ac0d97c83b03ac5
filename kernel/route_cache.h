/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_ROUTE_CACHE_H
#define _IP_VS_ROUTE_CACHE_H

/* The route that each CPU took last to a real server. As the kernel's
 * dst_cache, but a packet borrows the entry for as long as its RCU section
 * lasts and takes no reference.
 *
 * Where rules look at more than the destination a route is good for packets of
 * one key alone; such ones have another round, so that who asks for a route
 * without a key need not tell them apart.
 */

#include <linux/atomic.h>
#include <linux/netfilter.h>
#include <linux/percpu.h>

#include "dst_plain.h"

/* What rules may look at. Compared as a whole: no padding, no stale octets. */
struct ip_vs_route_key {
	union nf_inet_addr saddr;
	u32 mark;
	u32 tos;
	int iif;
	int l3mdev;	/* the VRF */
};

struct ip_vs_cached_route {
	struct dst_entry *dst;		/* a reference, or NULL; see _drop() */
	union nf_inet_addr saddr;
	u32 cookie;			/* for dst->ops->check() */
	unsigned int round;		/* of the cache, when it was stored */
	struct ip_vs_route_key key;	/* of a round with IP_VS_ROUTE_KEYED */
};

#define IP_VS_ROUTE_KEYED	1u

struct ip_vs_route_cache {
	struct ip_vs_cached_route __percpu *slots;
	unsigned int round;
	u32 mark;	/* of the last packet, where rules look */
	bool pins;	/* it may hold devices of which the stack does not know */
};

/* GFP_KERNEL; -ENOMEM. */
int ip_vs_route_cache_init(struct ip_vs_route_cache *cache);
/* After a grace period since the last reader. */
void ip_vs_route_cache_exit(struct ip_vs_route_cache *cache);

/* From the next lookup on: who makes a device go has taken its routes away before he
 * asks.
 */
static inline void ip_vs_route_cache_pins(struct ip_vs_route_cache *cache)
{
	WRITE_ONCE(cache->pins, true);
	smp_mb(); /* pairs with that of ip_vs_dests_forget_routes() */
}

/* Whatever was stored, or is being looked up now, is void. Two at once are one.
 */
static inline void ip_vs_route_cache_reset(struct ip_vs_route_cache *cache)
{
	WRITE_ONCE(cache->round, cache->round + IP_VS_ROUTE_KEYED + 1);
}

static inline unsigned int
ip_vs_route_cache_round(const struct ip_vs_route_cache *cache)
{
	return READ_ONCE(cache->round);
}

/* Make this CPU's slot hold @route, whose reference it takes over; its round is
 * that of the time before the lookup. RCU, BH disabled: others on this CPU may still
 * use what was there.
 */
void ip_vs_route_cache_set(struct ip_vs_route_cache *cache,
			   const struct ip_vs_cached_route *route);

/* Give back what was stored before the last reset; a grace period after it, so
 * that no lookup of that time stores any more. What is stored since may go, too.
 */
void ip_vs_route_cache_drop(struct ip_vs_route_cache *cache);

/* This CPU's of that @round, or NULL; good until the end of the RCU section. BH
 * disabled.
 */
static __always_inline struct dst_entry *
ip_vs_route_cache_of(const struct ip_vs_route_cache *cache, unsigned int round,
		     union nf_inet_addr *saddr)
{
	const struct ip_vs_cached_route *slot = this_cpu_ptr(cache->slots);
	struct dst_entry *dst = READ_ONCE(slot->dst);

	if (unlikely(!dst || slot->round != round))
		return NULL;
	if (dst->obsolete && unlikely(!ip_vs_dst_valid(dst, slot->cookie)))
		return NULL;
	*saddr = slot->saddr;
	return dst;
}

/* The one for every packet. */
static __always_inline struct dst_entry *
ip_vs_route_cache_get(const struct ip_vs_route_cache *cache,
		      union nf_inet_addr *saddr)
{
	return ip_vs_route_cache_of(cache, ip_vs_route_cache_round(cache),
				    saddr);
}

/* The one for packets of this key. */
struct dst_entry *
ip_vs_route_cache_get_keyed(struct ip_vs_route_cache *cache,
			    const struct ip_vs_route_key *key,
			    union nf_inet_addr *saddr);

#endif

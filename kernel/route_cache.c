// SPDX-License-Identifier: GPL-2.0-only
#include "route_cache.h"

#include <linux/atomic.h>
#include <linux/string.h>

int ip_vs_route_cache_init(struct ip_vs_route_cache *cache)
{
	cache->round = 0;
	cache->mark = 0;
	cache->pins = false;
	cache->slots = alloc_percpu(struct ip_vs_cached_route);
	return cache->slots ? 0 : -ENOMEM;
}

void ip_vs_route_cache_exit(struct ip_vs_route_cache *cache)
{
	int cpu;

	for_each_possible_cpu(cpu)
		dst_release(per_cpu_ptr(cache->slots, cpu)->dst);
	free_percpu(cache->slots);
}

/* dst_release() frees after a grace period, which the borrowers rely on. */
void ip_vs_route_cache_set(struct ip_vs_route_cache *cache,
			   const struct ip_vs_cached_route *route)
{
	struct ip_vs_cached_route *slot = this_cpu_ptr(cache->slots);
	struct dst_entry *old = xchg(&slot->dst, NULL);

	slot->saddr = route->saddr;
	slot->cookie = route->cookie;
	slot->round = route->round;
	slot->key = route->key;
	WRITE_ONCE(slot->dst, route->dst);
	dst_release(old);
}

struct dst_entry *
ip_vs_route_cache_get_keyed(struct ip_vs_route_cache *cache,
			    const struct ip_vs_route_key *key,
			    union nf_inet_addr *saddr)
{
	const struct ip_vs_cached_route *slot = this_cpu_ptr(cache->slots);
	unsigned int round = ip_vs_route_cache_round(cache);

	if (READ_ONCE(cache->mark) != key->mark)
		WRITE_ONCE(cache->mark, key->mark);
	if (memcmp(&slot->key, key, sizeof(*key)))
		return NULL;
	return ip_vs_route_cache_of(cache, round | IP_VS_ROUTE_KEYED, saddr);
}

void ip_vs_route_cache_drop(struct ip_vs_route_cache *cache)
{
	int cpu;

	for_each_possible_cpu(cpu)
		dst_release(xchg(&per_cpu_ptr(cache->slots, cpu)->dst, NULL));
}

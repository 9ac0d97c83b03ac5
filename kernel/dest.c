// SPDX-License-Identifier: GPL-2.0-only
#include "dests.h"

#include <linux/hash.h>
#include <linux/jiffies.h>
#include <linux/netdevice.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "census.h"

static struct list_head *dests_at(struct ip_vs_dests *dests, u8 family,
				  const union nf_inet_addr *addr, __be16 port)
{
	u32 h = (__force u32)addr->ip ^ (__force u32)port;

	if (family != AF_INET)
		h ^= addr->all[1] ^ addr->all[2] ^ addr->all[3];
	return &dests->by_addr[hash_32(h, IP_VS_DEST_BUCKETS_BITS)];
}

int ip_vs_dests_init(struct ip_vs_dests *dests)
{
	int i;

	INIT_LIST_HEAD(&dests->all);
	for (i = 0; i < ARRAY_SIZE(dests->by_addr); i++)
		INIT_LIST_HEAD(&dests->by_addr[i]);
	ip_vs_hosts_init(&dests->hosts);
	dests->gone = ip_vs_stats_alloc();
	return dests->gone ? 0 : -ENOMEM;
}

void ip_vs_dests_exit(struct ip_vs_dests *dests)
{
	WARN_ON_ONCE(!list_empty(&dests->all));
	free_percpu(dests->gone);
}

struct ip_vs_dest *ip_vs_dest_new(struct ip_vs_dests *dests, u8 family,
				  const union nf_inet_addr *addr, __be16 port)
{
	struct ip_vs_dest *dest = kzalloc(sizeof(*dest), GFP_KERNEL);

	if (!dest)
		return ERR_PTR(-ENOMEM);
	dest->stats = ip_vs_stats_alloc();
	if (!dest->stats)
		goto free_dest;
	if (ip_vs_route_cache_init(&dest->route))
		goto free_stats;
	dest->host = ip_vs_host_get(&dests->hosts, family, addr);
	if (!dest->host)
		goto free_route;
	ip_vs_addr_copy(family, &dest->addr, addr);
	dest->family = family;
	dest->port = port;
	INIT_LIST_HEAD(&dest->in_svc);
	list_add_rcu(&dest->in_all, &dests->all);
	ip_vs_census_created(IP_VS_CENSUS_DEST);

	list_add_rcu(&dest->in_addr, dests_at(dests, family, addr, port));
	return dest;

free_route:
	ip_vs_route_cache_exit(&dest->route);
free_stats:
	free_percpu(dest->stats);
free_dest:
	kfree(dest);
	return ERR_PTR(-ENOMEM);
}

static void dest_free_rcu(struct rcu_head *head)
{
	struct ip_vs_dest *dest = container_of(head, struct ip_vs_dest, rcu);

	ip_vs_route_cache_exit(&dest->route);
	free_percpu(dest->stats);
	kfree(dest);
	ip_vs_census_destroyed(IP_VS_CENSUS_DEST);
}

void ip_vs_dest_free(struct ip_vs_dests *dests, struct ip_vs_dest *dest)
{
	ip_vs_stats_fold(dests->gone, dest->stats);
	list_del_rcu(&dest->in_all);
	list_del_rcu(&dest->in_addr);
	ip_vs_host_put(dest->host);
	call_rcu(&dest->rcu, dest_free_rcu);
}

struct ip_vs_dest *ip_vs_dests_trash_find(struct ip_vs_dests *dests,
					  const struct ip_vs_svc_key *key,
					  u8 family,
					  const union nf_inet_addr *addr,
					  __be16 port)
{
	struct list_head *bucket = dests_at(dests, family, addr, port);
	struct ip_vs_dest *dest;

	list_for_each_entry(dest, bucket, in_addr) {
		if (!ip_vs_dest_available(dest) &&
		    ip_vs_dest_is(dest, family, addr, port) &&
		    !memcmp(&dest->svc_key, key, sizeof(*key)))
			return dest;
	}
	return NULL;
}

struct ip_vs_dest *ip_vs_dests_speaker(struct ip_vs_dests *dests,
				       const struct ip_vs_tuple *t)
{
	const union nf_inet_addr *addr = ip_vs_tuple_src(t);
	struct list_head *bucket;
	struct ip_vs_dest *dest;

	bucket = dests_at(dests, t->k.family, addr, t->k.sport);
	list_for_each_entry_rcu(dest, bucket, in_addr) {
		if (ip_vs_dest_available(dest) &&
		    READ_ONCE(dest->cfg.fwd) == IP_VS_CONN_F_MASQ &&
		    ip_vs_dest_is(dest, t->k.family, addr, t->k.sport) &&
		    (dest->svc_key.fwmark ||
		     dest->svc_key.protocol == t->k.protocol))
			return dest;
	}
	return NULL;
}

static bool dest_idle(struct ip_vs_dest *dest)
{
	return !atomic_read(&dest->total) && !atomic_read(&dest->persist);
}

bool ip_vs_dests_trash_scan(struct ip_vs_dests *dests, bool all)
{
	struct ip_vs_dest *dest, *next;
	bool left = false;

	list_for_each_entry_safe(dest, next, &dests->all, in_all) {
		if (ip_vs_dest_available(dest))
			continue;
		if (!all && !dest_idle(dest))
			dest->idle_since = jiffies;
		if (all || time_after_eq(jiffies, dest->idle_since +
						  IP_VS_TRASH_IDLE * HZ))
			ip_vs_dest_free(dests, dest);
		else
			left = true;
	}
	return left;
}

/* An IPv6 route for direct routing is a clone that holds the one it was made
 * from, and that its device; one of IPv4 by a rule about devices is our own.
 */
static bool routes_hold(const struct ip_vs_dest *dest)
{
	return dest->family == AF_INET6 || READ_ONCE(dest->route.pins);
}

static bool routes_void(struct ip_vs_dests *dests)
{
	struct ip_vs_dest *dest;
	bool any = false;

	smp_mb(); /* pairs with that of ip_vs_route_cache_pins() */
	rcu_read_lock();
	list_for_each_entry_rcu(dest, &dests->all, in_all) {
		if (!routes_hold(dest))
			continue;
		ip_vs_route_cache_reset(&dest->route);
		any = true;
	}
	rcu_read_unlock();
	return any;
}

/* A dest that comes meanwhile has only routes of now, and so has one whose cache is
 * found to pin nothing.
 */
void ip_vs_dests_forget_routes(struct ip_vs_dests *dests)
{
	struct ip_vs_dest *dest;

	if (!routes_void(dests))
		return;
	synchronize_net();
	rcu_read_lock();
	list_for_each_entry_rcu(dest, &dests->all, in_all) {
		if (routes_hold(dest))
			ip_vs_route_cache_drop(&dest->route);
	}
	rcu_read_unlock();
}

/* A dest that is being folded into @gone may count twice or not at all for a
 * moment, never for longer.
 */
void ip_vs_dests_total(struct ip_vs_dests *dests, struct ip_vs_counters *sum)
{
	struct ip_vs_dest *dest;

	rcu_read_lock();
	list_for_each_entry_rcu(dest, &dests->all, in_all)
		ip_vs_stats_read(sum, dest->stats);
	rcu_read_unlock();
	ip_vs_stats_read(sum, dests->gone);
}

void ip_vs_dests_total_cpu(struct ip_vs_dests *dests,
			   struct ip_vs_counters *sum, int cpu)
{
	struct ip_vs_dest *dest;

	rcu_read_lock();
	list_for_each_entry_rcu(dest, &dests->all, in_all)
		ip_vs_stats_read_cpu(sum, dest->stats, cpu);
	rcu_read_unlock();
	ip_vs_stats_read_cpu(sum, dests->gone, cpu);
}

/* Overloaded from the upper threshold on, until the count falls below the
 * lower one, or below three quarters of the upper where none is set. 1: it is, 0:
 * it is not, -1: as it was.
 */
static int overload(const struct ip_vs_dest *dest)
{
	u32 upper = READ_ONCE(dest->cfg.u_threshold);
	u32 lower = READ_ONCE(dest->cfg.l_threshold);
	u32 total = atomic_read(&dest->total);

	if (!upper)
		return 0;
	if (total >= upper)
		return 1;
	return total < (lower ?: upper - upper / 4) ? 0 : -1;
}

/* Who has changed the flag looks once more: another CPU may have counted, or the
 * thresholds may have changed, between looking and changing. So the last one to
 * look leaves what is right.
 */
void ip_vs_dest_overload_check(struct ip_vs_dest *dest)
{
	int want = overload(dest);

	while (want >= 0 &&
	       want != test_bit(IP_VS_DEST_OVERLOAD, &dest->flags)) {
		if (want)
			set_bit(IP_VS_DEST_OVERLOAD, &dest->flags);
		else
			clear_bit(IP_VS_DEST_OVERLOAD, &dest->flags);
		smp_mb__after_atomic();
		want = overload(dest);
	}
}

void ip_vs_dest_conn_del(struct ip_vs_dest *dest, bool active)
{
	if (active)
		atomic_dec(&dest->active);
	atomic_dec(&dest->total);
	smp_mb__after_atomic();
	if (READ_ONCE(dest->cfg.u_threshold) ||
	    unlikely(test_bit(IP_VS_DEST_OVERLOAD, &dest->flags)))
		ip_vs_dest_overload_check(dest);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "sched.h"

#include <linux/mutex.h>
#include <linux/net.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "limits.h"
#include "proto.h"

static LIST_HEAD(schedulers);
static DEFINE_MUTEX(schedulers_mutex);

static struct ip_vs_scheduler *sched_find(const char *name)
{
	struct ip_vs_scheduler *sched;

	list_for_each_entry(sched, &schedulers, list) {
		if (!strcmp(sched->name, name))
			return sched;
	}
	return NULL;
}

int register_ip_vs_scheduler(struct ip_vs_scheduler *sched)
{
	int err = 0;

	if (!sched->name[0] || !sched->pick)
		return -EINVAL;
	mutex_lock(&schedulers_mutex);
	if (sched_find(sched->name))
		err = -EEXIST;
	else
		list_add(&sched->list, &schedulers);
	mutex_unlock(&schedulers_mutex);
	if (err)
		pr_err(IP_VS_LOG "[%s] scheduler already registered\n",
		       sched->name);
	else
		pr_info(IP_VS_LOG "[%s] scheduler registered.\n", sched->name);
	return err;
}
EXPORT_SYMBOL(register_ip_vs_scheduler);

void unregister_ip_vs_scheduler(struct ip_vs_scheduler *sched)
{
	mutex_lock(&schedulers_mutex);
	list_del(&sched->list);
	mutex_unlock(&schedulers_mutex);
	rcu_barrier();
	pr_info(IP_VS_LOG "[%s] scheduler unregistered.\n", sched->name);
}
EXPORT_SYMBOL(unregister_ip_vs_scheduler);

const struct ip_vs_scheduler *ip_vs_sched_get(const char *name)
{
	struct ip_vs_scheduler *sched;

	mutex_lock(&schedulers_mutex);
	sched = sched_find(name);
	if (sched && !try_module_get(sched->module))
		sched = NULL;
	mutex_unlock(&schedulers_mutex);
	return sched;
}

void ip_vs_sched_put(const struct ip_vs_scheduler *sched)
{
	if (sched)
		module_put(sched->module);
}

static void pool_fill(struct ip_vs_pool *pool, const struct list_head *dests)
{
	struct ip_vs_dest *dest;

	list_for_each_entry(dest, dests, in_svc)
		pool->dest[pool->n++] = dest;
}

struct ip_vs_pool *ip_vs_pool_build(const struct ip_vs_scheduler *sched,
				    const struct list_head *dests,
				    const struct ip_vs_pool *old)
{
	struct ip_vs_pool *pool;
	struct ip_vs_dest *dest;
	size_t n = 0;
	int err = 0;

	list_for_each_entry(dest, dests, in_svc)
		n++;
	pool = kvzalloc(struct_size(pool, dest, n), GFP_KERNEL);
	if (!pool)
		return ERR_PTR(-ENOMEM);
	pool->sched = sched;
	pool_fill(pool, dests);
	if (sched->build)
		err = sched->build(pool, old && old->sched == sched ? old
								    : NULL);
	if (err) {
		kvfree(pool);
		return ERR_PTR(err);
	}
	return pool;
}

void ip_vs_pool_free_now(struct ip_vs_pool *pool)
{
	if (!pool)
		return;
	if (pool->sched->release)
		pool->sched->release(pool);
	kvfree(pool);
}

static void pool_free_rcu(struct rcu_head *head)
{
	ip_vs_pool_free_now(container_of(head, struct ip_vs_pool, rcu));
}

void ip_vs_pool_free(struct ip_vs_pool *pool)
{
	if (pool)
		call_rcu(&pool->rcu, pool_free_rcu);
}

int ip_vs_pool_index(const struct ip_vs_pool *pool,
		     const struct ip_vs_dest *dest)
{
	unsigned int i;

	for (i = 0; i < pool->n; i++) {
		if (pool->dest[i] == dest)
			return i;
	}
	return -1;
}
EXPORT_SYMBOL(ip_vs_pool_index);

void ip_vs_sched_no_dest(const struct ip_vs_pool *pool,
			 const struct ip_vs_tuple *client)
{
	const union nf_inet_addr *addr = ip_vs_tuple_dst(client);
	const char *name = pool->sched->name, *proto;
	u16 port = ntohs(client->k.dport);
	char buf[8];

	if (!net_ratelimit())
		return;
	proto = ip_vs_proto_name(client->k.protocol, buf);
	if (client->k.family == AF_INET)
		pr_err(IP_VS_LOG "%s: %s %pI4:%u - no destination available\n",
		       name, proto, &addr->ip, port);
	else
		pr_err(IP_VS_LOG "%s: %s [%pI6c]:%u - no destination available\n",
		       name, proto, &addr->in6, port);
}
EXPORT_SYMBOL(ip_vs_sched_no_dest);

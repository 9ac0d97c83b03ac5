// SPDX-License-Identifier: GPL-2.0-only
#include "conns_walk.h"

#include <linux/random.h>
#include <linux/sched.h>

#define WALK_BATCH	256	/* connections per RCU section */

static struct ip_vs_conn *client_of(struct ip_vs_conn_node *node)
{
	return container_of(node, struct ip_vs_conn, client);
}

struct ip_vs_conn *ip_vs_conn_iter_next(struct rhashtable_iter *iter)
{
	struct ip_vs_conn_node *node;

	for (;;) {
		node = rhashtable_walk_next(iter);
		if (!node)
			return NULL;
		if (IS_ERR(node) || node->key.dir != IP_VS_DIR_CLIENT)
			continue;
		return client_of(node);
	}
}

/* Let others run before @iter's present one is used, while it is in the table: of
 * one that has gone meanwhile rhashtable forgets how far it was. Returns that one, or
 * the next.
 */
static struct ip_vs_conn *walk_pause(struct rhashtable_iter *iter)
{
	struct ip_vs_conn_node *node;

	rhashtable_walk_stop(iter);
	cond_resched();
	rhashtable_walk_start(iter);
	node = rhashtable_walk_peek(iter);
	if (IS_ERR_OR_NULL(node) || node->key.dir != IP_VS_DIR_CLIENT)
		return ip_vs_conn_iter_next(iter);
	return client_of(node);
}

void ip_vs_conns_walk(struct ip_vs_conns *conns,
		      bool (*step)(struct ip_vs_conn *c, void *arg), void *arg)
{
	struct rhashtable_iter iter;
	struct ip_vs_conn *c;
	unsigned int n = 0;

	rhashtable_walk_enter(&conns->hash, &iter);
	rhashtable_walk_start(&iter);
	do {
		c = ip_vs_conn_iter_next(&iter);
		if (c && ++n % WALK_BATCH == 0)
			c = walk_pause(&iter);
	} while (c && step(c, arg));
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);
}

static void sample_bucket(struct ip_vs_conns *conns, unsigned int bucket,
			  void (*step)(struct ip_vs_conn *c, void *arg),
			  void *arg)
{
	const struct bucket_table *tbl = rcu_dereference(conns->hash.tbl);
	struct ip_vs_conn_node *node;
	struct rhash_head *pos;

	bucket &= tbl->size - 1;
	rht_for_each_entry_rcu(node, pos, tbl, bucket, link) {
		if (node->key.dir == IP_VS_DIR_CLIENT)
			step(client_of(node), arg);
	}
}

void ip_vs_conns_sample(struct ip_vs_conns *conns, unsigned int share,
			void (*step)(struct ip_vs_conn *c, void *arg),
			void *arg)
{
	unsigned int first = get_random_u32();
	unsigned int i, n;

	if (!ip_vs_conns_opened(conns))
		return;
	n = ip_vs_conns_size(conns) / share;
	for (i = 0; i < n; i++) {
		rcu_read_lock();
		sample_bucket(conns, first + i, step, arg);
		rcu_read_unlock();
		cond_resched();
	}
}

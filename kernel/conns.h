/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CONNS_H
#define _IP_VS_CONNS_H

/* Connections and persistence templates.
 *
 * One table per namespace answers for both directions: a connection is indexed
 * by the tuple of its client's packets and, where the director sees and must
 * know replies (NAT, local real server), by the tuple of the answers.
 *
 * Life. Made by ip_vs_conn_new(), published by ip_vs_conn_insert(). Readers
 * hold nothing but RCU. Whoever unlinks it (expiry, or ip_vs_conn_expire())
 * wins @n_control from 0 to dead; its memory is freed by the table's reaper
 * only, after a grace period. No refcount and no timer: a packet stores the
 * time, the reaper looks at each connection once per wheel turn and re-arms or
 * unlinks it.
 */

#include <linux/rhashtable.h>
#include <linux/workqueue.h>

#include "addr_filter.h"
#include "conn.h"

struct ip_vs_wheel;

struct ip_vs_conns {
	struct rhashtable hash;		/* this and @wheel: while @opened */
	struct ip_vs_wheel *wheel;
	bool opened;
	struct delayed_work reaper;
	unsigned int empty_ticks;	/* the reaper's, as are these two: */
	struct llist_head fresh;	/* unlinked */
	struct llist_head dead;		/* unlinked, waiting for @grace */
	unsigned long grace;
	bool replies;			/* some connection indexes answers, */
	bool unbound;			/* and one of those has no dest */
	atomic_t portless;		/* connections with NO_CPORT */
	struct ip_vs_addr_filter vaddrs;	/* of services, too */
	/* Called when a connection's time is over but children keep it. Reaper
	 * context, under rcu_read_lock().
	 */
	void (*lingers)(struct ip_vs_conns *conns, struct ip_vs_conn *c);
	/* Called when a connection has left the lookup. Under RCU; not when the
	 * whole table goes.
	 */
	void (*leaves)(struct ip_vs_conns *conns, struct ip_vs_conn *c);
};

/* Module parameter conn_tab_bits, within its bounds before any table opens. */
extern unsigned int ip_vs_conn_tab_bits;

void ip_vs_conns_init(struct ip_vs_conns *conns);
/* Before the first service or backup daemon: most namespaces never have one,
 * and the table is worth having large from the start. Opened once, it stays
 * until ip_vs_conns_exit(). Sleeps; 0 or -ENOMEM. Under the namespace's mutex.
 */
int ip_vs_conns_open(struct ip_vs_conns *conns);
/* Is there anything to look into? What is called from elsewhere than our own
 * hooks and daemons has to ask. Pairs with ip_vs_conns_open().
 */
static inline bool ip_vs_conns_opened(const struct ip_vs_conns *conns)
{
	return smp_load_acquire(&conns->opened);
}
/* Buckets, now or to begin with. */
unsigned int ip_vs_conns_size(const struct ip_vs_conns *conns);
/* Nobody looks up or inserts any more; frees everything. Sleeps. */
void ip_vs_conns_exit(struct ip_vs_conns *conns);

/* Publish @c, made of that sealed @client. Returns 0; -EEXIST when another CPU
 * was first (look it up); -ENOMEM, -E2BIG or -EBUSY when the table could not
 * take it. Consumes @c: on error it is gone. RCU.
 */
int ip_vs_conn_insert(struct ip_vs_conns *conns, struct ip_vs_conn *c,
		      const struct ip_vs_tuple *client);

/* The connection that a packet of this sealed tuple belongs to, and in which
 * direction. No reference: valid until the end of the RCU section.
 */
struct ip_vs_conn *ip_vs_conn_find(struct ip_vs_conns *conns,
				   const struct ip_vs_tuple *tuple,
				   enum ip_vs_dir *dir);
/* Only a client side match counts. */
struct ip_vs_conn *ip_vs_conn_find_client(struct ip_vs_conns *conns,
					  const struct ip_vs_tuple *tuple);
/* Unlink now, unless children keep it (then false). Any context under RCU. */
bool ip_vs_conn_expire(struct ip_vs_conns *conns, struct ip_vs_conn *c);

/* The first packet of a connection that was made when the client's port was not
 * known: its successor with this tuple, sealed, or NULL. RCU, BH disabled.
 */
struct ip_vs_conn *ip_vs_conn_claim(struct ip_vs_conns *conns,
				    const struct ip_vs_tuple *tuple);

/* Out of the lookup, but alive as long as children are; its key is free. */
void ip_vs_conn_detach(struct ip_vs_conns *conns, struct ip_vs_conn *c);

/* Has its time run out, so that only the reaper has not come yet? Then it ends
 * here and now, unless children keep it. RCU.
 */
static inline bool ip_vs_conn_over(struct ip_vs_conns *conns,
				   struct ip_vs_conn *c)
{
	return unlikely(!ip_vs_conn_left(c)) && ip_vs_conn_expire(conns, c);
}

#endif

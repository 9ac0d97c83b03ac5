/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CONN_H
#define _IP_VS_CONN_H

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

#include <linux/llist.h>
#include <linux/rhashtable.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <uapi/linux/ip_vs.h>

#include "addr.h"
#include "dest.h"

enum ip_vs_dir {
	IP_VS_DIR_CLIENT,	/* client to virtual service */
	IP_VS_DIR_SERVER,	/* real server to client */
};

struct ip_vs_conn_node {
	struct rhash_head hash;
	struct ip_vs_key key;
};

/* The first line is all that a packet touches that changes no state. */
struct ip_vs_conn {
	struct ip_vs_conn_node client;	/* client:port -> virtual:port */
	struct ip_vs_dest __rcu *dest;	/* NULL: synced, not bound yet */
	u32 seen;		/* jiffies of the last packet */
	u32 flags;		/* IP_VS_CONN_F_*; changed under @lock */
	atomic_t in_pkts;
	u8 state;		/* of the protocol; changed under @lock */
	u8 synced_state;	/* as last told to a backup */
	bool replies : 1;	/* @server is indexed */
	bool detached : 1;	/* out of the table; changed under @lock */
	u32 timeout;		/* jiffies */
	spinlock_t lock;
	struct ip_vs_conn *control;	/* template; holds its n_control */

	struct ip_vs_conn_node server;	/* server:port -> client:port */
	struct llist_node wheel;
	u32 fwmark;
	atomic_t n_control;	/* children; IP_VS_CONN_DEAD when unlinked */
	u32 sync_end;		/* jiffies, see sync_tx */

	/* IPv6 only, @addr6 has four then, none for IPv4: client, virtual,
	 * server, client as in the two keys
	 */
	struct in6_addr addr6[];
};

#define IP_VS_CONN_DEAD		(INT_MIN / 2)

struct ip_vs_wheel;

struct ip_vs_conns {
	struct rhashtable hash;
	struct ip_vs_wheel *wheel;
	struct delayed_work reaper;
	unsigned int empty_ticks;	/* the reaper's, as are these two: */
	struct llist_head fresh;	/* unlinked */
	struct llist_head dead;		/* unlinked, waiting for @grace */
	unsigned long grace;
	bool replies;			/* some connection indexes answers */
	/* Called when a connection's time is over but children keep it. Reaper
	 * context, under rcu_read_lock().
	 */
	void (*lingers)(struct ip_vs_conns *conns, struct ip_vs_conn *c);
};

/* What a new connection is made of. */
struct ip_vs_conn_spec {
	const struct ip_vs_tuple *client;	/* as the client sends it */
	union nf_inet_addr daddr;
	__be16 dport;
	u8 state;
	u32 flags;
	u32 fwmark;
	u32 timeout;			/* jiffies */
	struct ip_vs_dest *dest;	/* or NULL */
};

int ip_vs_conn_caches_init(void);
/* Also waits for all frees under way. */
void ip_vs_conn_caches_exit(void);
int ip_vs_conns_init(struct ip_vs_conns *conns);
/* Nobody looks up or inserts any more; frees everything. Sleeps. */
void ip_vs_conns_exit(struct ip_vs_conns *conns);

/* A connection nobody else can see, bound to its dest (counted there). NULL
 * without memory. GFP_ATOMIC.
 */
struct ip_vs_conn *ip_vs_conn_new(const struct ip_vs_conn_spec *spec);
/* Never inserted: unbind and free. */
void ip_vs_conn_drop(struct ip_vs_conn *c);
/* Publish. Returns 0; -EEXIST when another CPU was first (look it up);
 * -ENOMEM, -E2BIG or -EBUSY when the table could not take it. Consumes @c:
 * on error it is gone. RCU.
 */
int ip_vs_conn_insert(struct ip_vs_conns *conns, struct ip_vs_conn *c);

/* The connection that a packet of this tuple belongs to, and in which
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

/* Out of the lookup, but alive as long as children are; its key is free. */
void ip_vs_conn_detach(struct ip_vs_conns *conns, struct ip_vs_conn *c);

/* Bind an unbound connection later; takes c->lock. False if it was bound. */
bool ip_vs_conn_bind(struct ip_vs_conn *c, struct ip_vs_dest *dest);
/* Count as active or inactive at its dest. Under c->lock. */
void ip_vs_conn_set_active(struct ip_vs_conn *c, bool active);
/* Make @parent keep living for @c, which is not inserted yet. False: parent is
 * dead already. RCU.
 */
bool ip_vs_conn_control(struct ip_vs_conn *c, struct ip_vs_conn *parent);
/* Give up the parent. */
void ip_vs_conn_uncontrol(struct ip_vs_conn *c);

/* Walk the whole table (process context); @step under RCU, stops at false. A
 * connection inserted meanwhile may be missed, one moved by a resize may come
 * twice.
 */
void ip_vs_conns_walk(struct ip_vs_conns *conns,
		      bool (*step)(struct ip_vs_conn *c, void *arg), void *arg);

/* Between rhashtable_walk_start() and _stop() of @conns->hash: each connection
 * once, NULL at the end.
 */
struct ip_vs_conn *ip_vs_conn_iter_next(struct rhashtable_iter *iter);

static inline bool ip_vs_conn_is_template(const struct ip_vs_conn *c)
{
	return c->client.key.kind == IP_VS_TUPLE_TEMPLATE;
}

static inline u32 ip_vs_conn_fwd(const struct ip_vs_conn *c)
{
	return READ_ONCE(c->flags) & IP_VS_CONN_F_FWD_MASK;
}

static inline u8 ip_vs_conn_family(const struct ip_vs_conn *c)
{
	return c->client.key.family;
}

static inline bool ip_vs_conn_dead(const struct ip_vs_conn *c)
{
	return atomic_read(&c->n_control) < 0;
}

/* A packet of it was seen now. */
static inline void ip_vs_conn_touch(struct ip_vs_conn *c)
{
	u32 now = (u32)jiffies;

	if (READ_ONCE(c->seen) != now)
		WRITE_ONCE(c->seen, now);
}

/* Jiffies left; 0: over, whatever the reaper has had time for. */
static inline u32 ip_vs_conn_left(const struct ip_vs_conn *c)
{
	u32 timeout = READ_ONCE(c->timeout);
	u32 idle = (u32)jiffies - READ_ONCE(c->seen);

	return idle >= timeout ? 0 : timeout - idle;
}

/* Addresses of the connection; readable as far as the family goes. */
static inline const union nf_inet_addr *
ip_vs_conn_caddr(const struct ip_vs_conn *c)
{
	return ip_vs_conn_family(c) == AF_INET
		? (const union nf_inet_addr *)&c->client.key.saddr
		: (const union nf_inet_addr *)&c->addr6[0];
}

static inline const union nf_inet_addr *
ip_vs_conn_vaddr(const struct ip_vs_conn *c)
{
	return ip_vs_conn_family(c) == AF_INET
		? (const union nf_inet_addr *)&c->client.key.daddr
		: (const union nf_inet_addr *)&c->addr6[1];
}

static inline __be16 ip_vs_conn_cport(const struct ip_vs_conn *c)
{
	return c->client.key.sport;
}

static inline __be16 ip_vs_conn_vport(const struct ip_vs_conn *c)
{
	return c->client.key.dport;
}

/* The real server's. */
static inline const union nf_inet_addr *
ip_vs_conn_daddr(const struct ip_vs_conn *c)
{
	const struct ip_vs_dest *dest = rcu_dereference_raw(c->dest);

	/* A local real server answers from the virtual address, so its own
	 * address stands only with the dest.
	 */
	if (dest && c->replies && ip_vs_conn_fwd(c) != IP_VS_CONN_F_MASQ)
		return &dest->addr;
	return ip_vs_conn_family(c) == AF_INET
		? (const union nf_inet_addr *)&c->server.key.saddr
		: (const union nf_inet_addr *)&c->addr6[2];
}

static inline __be16 ip_vs_conn_dport(const struct ip_vs_conn *c)
{
	return c->server.key.sport;
}

#endif

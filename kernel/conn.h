/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CONN_H
#define _IP_VS_CONN_H

/* One connection, or persistence template: what it is made of, and its real
 * server. The table of them is in conns.h, with their life and their locking.
 */

#include <linux/llist.h>
#include <linux/rhashtable-types.h>
#include <linux/spinlock.h>
#include <uapi/linux/ip_vs.h>

#include "dest.h"
#include "help.h"
#include "tuple.h"

enum ip_vs_dir {
	IP_VS_DIR_CLIENT,	/* client to virtual service */
	IP_VS_DIR_SERVER,	/* real server to client */
};

struct ip_vs_conn_node {
	union {
		struct rhash_head link;
		/* of a template's @server, which is in no index: its own copy */
		struct ip_vs_pe_key *pe;
	};
	struct ip_vs_key key;
	u32 hash;
	u32 stamp;	/* jiffies; @client's: of the last packet */
};

/* The first line is all that a packet touches that changes no state. */
struct ip_vs_conn {
	struct ip_vs_conn_node client;	/* client:port -> virtual:port */
	struct ip_vs_dest __rcu *dest;	/* NULL: synced, not bound yet */
	u32 flags;		/* IP_VS_CONN_F_*; changed under @lock */
	atomic_t in_pkts;
	u8 state;		/* of the protocol; changed under @lock */
	u8 synced_state;	/* as last told to a backup */
	bool replies;		/* @server is indexed */
	bool dest_addr;		/* the server's address is only in @dest */
	bool detached;		/* out of the table; changed under @lock */
	bool helped;		/* a struct ip_vs_conn_help is behind @addr6 */
	u32 timeout;		/* jiffies */
	spinlock_t lock;
	struct ip_vs_conn *control;	/* template; holds its n_control */

	/* server:port -> client:port; its stamp: see sync_tx */
	struct ip_vs_conn_node server;
	struct llist_node wheel;
	u32 fwmark;
	atomic_t n_control;	/* children; IP_VS_CONN_DEAD when unlinked */

	/* IPv6 only, @addr6 has four then, none for IPv4: client, virtual,
	 * server, client as in the two keys
	 */
	struct in6_addr addr6[] __aligned(sizeof(void *));
};

#define IP_VS_CONN_ADDR6	4

#define IP_VS_CONN_DEAD		(INT_MIN / 2)

/* What a new connection is made of. */
struct ip_vs_conn_spec {
	const struct ip_vs_tuple *client;	/* as sent, sealed */
	union nf_inet_addr daddr;
	__be16 dport;
	u8 state;
	u32 flags;
	u32 fwmark;
	u32 timeout;			/* jiffies */
	struct ip_vs_dest *dest;	/* or NULL */
	bool helped;
};

int ip_vs_conn_caches_init(void);
/* Also waits for all frees under way. */
void ip_vs_conn_caches_exit(void);
/* A connection nobody else can see, bound to its dest (counted there). NULL
 * without memory. GFP_ATOMIC.
 */
struct ip_vs_conn *ip_vs_conn_new(const struct ip_vs_conn_spec *spec);
/* Never inserted: unbind and free. */
void ip_vs_conn_drop(struct ip_vs_conn *c);
/* The table's way to end one: give back what dest and parent count (under
 * c->lock), and much later free.
 */
void ip_vs_conn_release(struct ip_vs_conn *c);
void ip_vs_conn_free(struct ip_vs_conn *c);
/* The tuple of its packets in @dir, sealed. */
void ip_vs_conn_tuple(const struct ip_vs_conn *c, enum ip_vs_dir dir,
		      struct ip_vs_tuple *t);

/* Make @t ready for the table (see also tuple.h); a template's also by what
 * an engine found.
 */
void ip_vs_tuple_seal_pe(struct ip_vs_tuple *t, const struct ip_vs_pe_key *pe);

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

#include "conn_inline.h"

#endif

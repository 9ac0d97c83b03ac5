/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_DEST_H
#define _IP_VS_DEST_H

/* A real server of one virtual service: where its connections go, by which
 * method, and how many there are.
 *
 * Life: made and changed under the namespace's control mutex; read by packets
 * under RCU. A removed one stays in the trash (not AVAILABLE, @svc NULL once
 * the service is gone) as long as connections point at it, so that it can be
 * revived; it is freed after a grace period.
 */

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/rcupdate.h>

#include "addr.h"
#include "route_cache.h"
#include "stats.h"

struct ip_vs_host;
struct ip_vs_svc;

enum ip_vs_dest_flag {
	IP_VS_DEST_AVAILABLE,	/* belongs to a service */
	IP_VS_DEST_OVERLOAD,	/* upper threshold reached */
	IP_VS_DEST_LOCAL,	/* the address is the director's own */
};

/* What users set, in one place: read with READ_ONCE() on packet paths. */
struct ip_vs_dest_config {
	u32 fwd;		/* IP_VS_CONN_F_FWD_MASK value */
	int weight;		/* 0: no new connections */
	u32 u_threshold;	/* connections; 0: no limit */
	u32 l_threshold;
	u16 tun_flags;
	__be16 tun_port;
	u8 tun_type;
};

struct ip_vs_dest {
	unsigned long flags;	/* enum ip_vs_dest_flag */
	struct ip_vs_cpu_stats __percpu *stats;
	struct ip_vs_route_cache route;
	union nf_inet_addr addr;
	__be16 port;
	u8 family;
	struct ip_vs_dest_config cfg;
	int last_weight;	/* the latest that was not 0 */

	atomic_t active;	/* connections not INACTIVE */
	atomic_t total;		/* connections */
	atomic_t persist;	/* templates */

	/* under the control mutex; lists are walked under RCU as well */
	struct list_head in_svc;	/* ip_vs_svc.dests */
	struct list_head in_all;	/* ip_vs_dests.all */
	struct list_head in_addr;	/* ip_vs_dests.by_addr */
	struct ip_vs_host *host;	/* held */
	struct ip_vs_svc *svc;
	struct ip_vs_svc_key svc_key;
	struct ip_vs_tally tally;
	struct ip_vs_counters left;	/* what the service kept of us */
	unsigned long idle_since;	/* jiffies, in the trash */
	unsigned long grace;		/* of RCU, since it left a service */
	struct rcu_head rcu;
};

void ip_vs_dest_overload_check(struct ip_vs_dest *dest);
/* Count a connection in or out; any context, no lock. */
static inline void ip_vs_dest_conn_add(struct ip_vs_dest *dest, bool active)
{
	if (active)
		atomic_inc(&dest->active);
	atomic_inc(&dest->total);
	smp_mb__after_atomic();	/* see dest_configure() */
	if (READ_ONCE(dest->cfg.u_threshold))
		ip_vs_dest_overload_check(dest);
}

void ip_vs_dest_conn_del(struct ip_vs_dest *dest, bool active);

static inline bool ip_vs_dest_available(const struct ip_vs_dest *dest)
{
	return test_bit(IP_VS_DEST_AVAILABLE, &dest->flags);
}

static inline int ip_vs_dest_weight(const struct ip_vs_dest *dest)
{
	return READ_ONCE(dest->cfg.weight);
}

/* May a scheduler choose it? */
static inline bool ip_vs_dest_ready(const struct ip_vs_dest *dest)
{
	return ip_vs_dest_weight(dest) > 0 &&
	       !test_bit(IP_VS_DEST_OVERLOAD, &dest->flags);
}

static inline bool ip_vs_dest_is(const struct ip_vs_dest *dest, u8 family,
				 const union nf_inet_addr *addr, __be16 port)
{
	return dest->family == family && dest->port == port &&
	       ip_vs_addr_equal(family, &dest->addr, addr);
}

#endif

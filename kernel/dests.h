/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_DESTS_H
#define _IP_VS_DESTS_H

/* All real servers of a namespace, the trash included: who was removed with
 * connections, and may come back.
 */

#include "dest.h"
#include "host.h"
#include "limits.h"
#include "tuple.h"

struct ip_vs_dests {
	struct list_head all;
	struct list_head by_addr[1 << IP_VS_DEST_BUCKETS_BITS];
	struct ip_vs_hosts hosts;
	struct ip_vs_cpu_stats __percpu *gone;	/* counters of freed ones */
};

int ip_vs_dests_init(struct ip_vs_dests *dests);
/* Every dest has been freed before. */
void ip_vs_dests_exit(struct ip_vs_dests *dests);

/* GFP_KERNEL. Joins @dests, belongs to no service yet. -ENOMEM as ERR_PTR. */
struct ip_vs_dest *ip_vs_dest_new(struct ip_vs_dests *dests, u8 family,
				  const union nf_inet_addr *addr, __be16 port);
/* Leaves @dests; its counters stay in @gone; memory goes after RCU. No
 * connection may point at it.
 */
void ip_vs_dest_free(struct ip_vs_dests *dests, struct ip_vs_dest *dest);
/* In the trash with this identity, or NULL. Control mutex. It may join a service
 * once its @grace is over: readers of the old list may still stand on it.
 */
struct ip_vs_dest *ip_vs_dests_trash_find(struct ip_vs_dests *dests,
					  const struct ip_vs_svc_key *key,
					  u8 family,
					  const union nf_inet_addr *addr,
					  __be16 port);
/* The newest of a service by NAT from which a packet of this tuple can come, or
 * NULL. RCU.
 */
struct ip_vs_dest *ip_vs_dests_speaker(struct ip_vs_dests *dests,
				       const struct ip_vs_tuple *t);
/* Free what nobody points at any more: at once when @all, else after its idle
 * time. Returns whether trash is left. Control mutex.
 */
bool ip_vs_dests_trash_scan(struct ip_vs_dests *dests, bool all);
/* Let go of the devices that routes hold, where a route does not by itself. RTNL
 * held; sleeps.
 */
void ip_vs_dests_forget_routes(struct ip_vs_dests *dests);
/* Sum over the namespace, living and gone; RCU or control mutex. */
void ip_vs_dests_total(struct ip_vs_dests *dests, struct ip_vs_counters *sum);
void ip_vs_dests_total_cpu(struct ip_vs_dests *dests,
			   struct ip_vs_counters *sum, int cpu);

#endif

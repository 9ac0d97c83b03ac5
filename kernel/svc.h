/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_SVC_H
#define _IP_VS_SVC_H

/* A virtual service: an address and port, or a firewall mark, its scheduler
 * and its real servers. One function finds it for a packet.
 *
 * Changed under the control mutex, read under RCU. A removed service leaves
 * the table at once and is freed after a grace period; connections never
 * point at a service, only at a dest.
 */

#include <linux/rhashtable.h>
#include <uapi/linux/ip_vs.h>

#include "addr.h"
#include "dest.h"

struct ip_vs_pe;
struct ip_vs_pool;
struct ip_vs_scheduler;

struct ip_vs_svc {
	struct rhash_head hash;
	struct ip_vs_svc_key key;
	u32 flags;		/* IP_VS_SVC_F_*, READ_ONCE() */
	u32 timeout;		/* persistence, jiffies */
	__be32 netmask;		/* IPv4 mask, or IPv6 prefix length */
	struct ip_vs_pool __rcu *pool;	/* NULL: no scheduler ("none") */
	const struct ip_vs_pe __rcu *pe;	/* holds its module; or NULL */

	/* under the control mutex; the list is walked under RCU as well */
	struct list_head dests;
	struct list_head in_all;	/* ip_vs_svcs.all, RCU */
	const struct ip_vs_scheduler *sched;	/* holds its module */
	unsigned int num_dests;
	unsigned int generation;	/* of @dests, see ip_vs_net */
	struct ip_vs_tally tally;
	struct ip_vs_counters left;	/* of removed dests */
	struct rcu_head rcu;
};

struct ip_vs_svcs {
	struct net *net;
	struct rhashtable hash;
	struct list_head all;		/* newest first */
	unsigned int num;
	/* lookups that can't match are not made */
	unsigned int num_fwmark;
	unsigned int num_port0;
	unsigned int num_ftp;
	unsigned int num_family[2];	/* IPv4, IPv6 */
	unsigned int num_talkative;	/* whose servers may begin, see pe.h */
};

int ip_vs_svcs_init(struct ip_vs_svcs *svcs, struct net *net);
/* Every service has been removed before. */
void ip_vs_svcs_exit(struct ip_vs_svcs *svcs);

/* GFP_KERNEL; not in the table yet. */
struct ip_vs_svc *ip_vs_svc_new(const struct ip_vs_svc_key *key);
/* Never was in the table. */
void ip_vs_svc_drop(struct ip_vs_svc *svc);
/* 0, -EEXIST or -ENOMEM. Control mutex. */
int ip_vs_svcs_insert(struct ip_vs_svcs *svcs, struct ip_vs_svc *svc);
/* Out of the table; @svc is freed after RCU. Its dests and its pool are gone.
 */
void ip_vs_svcs_remove(struct ip_vs_svcs *svcs, struct ip_vs_svc *svc);

/* Exactly this one, or NULL. RCU or control mutex. */
struct ip_vs_svc *ip_vs_svcs_find(struct ip_vs_svcs *svcs,
				  const struct ip_vs_svc_key *key);
/* The service that a packet belongs to: mark, then address and port, then
 * that of FTP where it may be about data, then port 0 of the address.
 * @protocol, @addr, @port are the packet's destination. RCU.
 */
struct ip_vs_svc *ip_vs_svcs_match(struct ip_vs_svcs *svcs, u32 mark,
				   const struct ip_vs_svc_key *packet);

struct ip_vs_dest *ip_vs_svc_find_dest(struct ip_vs_svc *svc, u8 family,
				       const union nf_inet_addr *addr,
				       __be16 port);
/* Sum over dests, present and past. RCU or control mutex. */
void ip_vs_svc_counters(struct ip_vs_svc *svc, struct ip_vs_counters *sum);

#define IP_VS_FTP_PORT		21
#define IP_VS_FTP_DATA_PORT	20

static inline bool ip_vs_svc_persistent(const struct ip_vs_svc *svc)
{
	return READ_ONCE(svc->flags) & IP_VS_SVC_F_PERSISTENT;
}

/* Does it take what it has been found for? FTP data belong to a server only where
 * a template tells to which.
 */
static inline bool ip_vs_svc_serves(const struct ip_vs_svc *svc, __be16 port)
{
	return svc->key.port != htons(IP_VS_FTP_PORT) ||
	       port == svc->key.port || ip_vs_svc_persistent(svc);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_SYNC_H
#define _IP_VS_SYNC_H

/* What both sync daemons share: how they are set up, what users tune, what is
 * counted.
 */

#include <linux/atomic.h>
#include <linux/netfilter.h>
#include <uapi/linux/ip_vs.h>

/* As a user asks for it; 0 or an empty group: the default of the role. */
struct ip_vs_sync_config {
	char ifname[IP_VS_IFNAME_MAXLEN];
	union nf_inet_addr group;
	u32 syncid;		/* 8 bits on the wire; 0 on a backup: accept any */
	u16 maxlen;		/* octets of UDP payload */
	u16 port;		/* host order, of the first thread */
	u8 group_family;	/* 0: default group */
	u8 ttl;
};

/* sysctls, read with READ_ONCE() at use. */
struct ip_vs_sync_knobs {
	int version;		/* 0 or 1, of sent messages */
	int ports;		/* threads of a daemon, a power of two */
	int threshold;		/* packets */
	int period;		/* packets */
	unsigned int refresh;	/* jiffies */
	int retries;
	int persist_mode;	/* connections of templates are not sent */
	unsigned long qlen_max;	/* messages per thread */
	int sock_size;		/* octets; 0: leave alone */
};

/* Index is IPVS_SYNC_CNT_* of the uapi header; shared by both roles of a
 * namespace and kept when a daemon stops.
 */
#define IP_VS_SYNC_COUNTERS	(__IPVS_SYNC_CNT_MAX)

struct ip_vs_sync_counters {
	atomic64_t n[IP_VS_SYNC_COUNTERS];
};

static inline void ip_vs_sync_count(struct ip_vs_sync_counters *c, int what,
				    u64 n)
{
	atomic64_add(n, &c->n[what]);
}

#endif

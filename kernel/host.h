/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_HOST_H
#define _IP_VS_HOST_H

/* The addresses that real servers have, each once, however many services they
 * are of: does a packet come from one at all? What has been sent to one?
 */

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/rcupdate.h>

#include "addr_filter.h"
#include "limits.h"

struct ip_vs_host {
	struct list_head in_hosts;
	union nf_inet_addr addr;
	u8 family;
	unsigned int users;	/* under the control mutex */
	atomic_t ident;		/* of a tunnel's next IPv4 packet to it */
	struct rcu_head rcu;
};

struct ip_vs_hosts {
	struct ip_vs_addr_filter filter;
	struct list_head by_addr[1 << IP_VS_DEST_BUCKETS_BITS];
};

void ip_vs_hosts_init(struct ip_vs_hosts *hosts);
/* One more, or one less, has this address. Control mutex. GFP_KERNEL; NULL
 * without memory.
 */
struct ip_vs_host *ip_vs_host_get(struct ip_vs_hosts *hosts, u8 family,
				  const union nf_inet_addr *addr);
void ip_vs_host_put(struct ip_vs_host *host);
/* Is anyone likely to have this address? "No" is certain. Any context. */
static inline bool ip_vs_hosts_likely(const struct ip_vs_hosts *hosts,
				      u8 family,
				      const union nf_inet_addr *addr)
{
	return ip_vs_addr_filter_has(&hosts->filter, family, addr);
}

/* RCU, or the control mutex. */
struct ip_vs_host *ip_vs_hosts_find(struct ip_vs_hosts *hosts, u8 family,
				    const union nf_inet_addr *addr);

#endif

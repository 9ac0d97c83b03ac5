// SPDX-License-Identifier: GPL-2.0-only
#include "host.h"

#include <linux/random.h>
#include <linux/rculist.h>
#include <linux/slab.h>

static struct list_head *hosts_at(struct ip_vs_hosts *hosts, u8 family,
				  const union nf_inet_addr *addr)
{
	return &hosts->by_addr[ip_vs_addr_hash(family, addr,
					       IP_VS_DEST_BUCKETS_BITS)];
}

void ip_vs_hosts_init(struct ip_vs_hosts *hosts)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(hosts->by_addr); i++)
		INIT_LIST_HEAD(&hosts->by_addr[i]);
}

struct ip_vs_host *ip_vs_hosts_find(struct ip_vs_hosts *hosts, u8 family,
				    const union nf_inet_addr *addr)
{
	struct list_head *bucket = hosts_at(hosts, family, addr);
	struct ip_vs_host *host;

	list_for_each_entry_rcu(host, bucket, in_hosts, true) {
		if (host->family == family &&
		    ip_vs_addr_equal(family, &host->addr, addr))
			return host;
	}
	return NULL;
}

struct ip_vs_host *ip_vs_host_get(struct ip_vs_hosts *hosts, u8 family,
				  const union nf_inet_addr *addr)
{
	struct ip_vs_host *host = ip_vs_hosts_find(hosts, family, addr);

	if (!host) {
		host = kzalloc(sizeof(*host), GFP_KERNEL);
		if (!host)
			return NULL;
		ip_vs_addr_copy(family, &host->addr, addr);
		host->family = family;
		atomic_set(&host->ident, get_random_u32());
		ip_vs_addr_filter_add(&hosts->filter, family, addr);
		list_add_rcu(&host->in_hosts, hosts_at(hosts, family, addr));
	}
	host->users++;
	return host;
}

void ip_vs_host_put(struct ip_vs_host *host)
{
	if (--host->users)
		return;
	list_del_rcu(&host->in_hosts);
	kfree_rcu(host, rcu);
}

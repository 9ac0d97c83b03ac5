// SPDX-License-Identifier: GPL-2.0-only
#include "svc.h"

#include <linux/rculist.h>
#include <linux/slab.h>
#include <net/ip.h>

#include "census.h"

static u32 svc_key_hash(const void *data, u32 len, u32 seed)
{
	return ip_vs_svc_key_hash(data, seed);
}

static u32 svc_hash(const void *data, u32 len, u32 seed)
{
	const struct ip_vs_svc *svc = data;

	return svc_key_hash(&svc->key, len, seed);
}

static int svc_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct ip_vs_svc *svc = obj;
	const struct ip_vs_svc_key *a = &svc->key, *b = arg->key;

	if (a->port != b->port || a->protocol != b->protocol ||
	    a->family != b->family || a->fwmark != b->fwmark)
		return 1;
	return !ipv6_addr_equal(&a->addr.in6, &b->addr.in6);
}

static const struct rhashtable_params svc_params = {
	.key_len = sizeof(struct ip_vs_svc_key),
	.key_offset = offsetof(struct ip_vs_svc, key),
	.head_offset = offsetof(struct ip_vs_svc, hash),
	.hashfn = svc_key_hash,
	.obj_hashfn = svc_hash,
	.obj_cmpfn = svc_cmp,
	.automatic_shrinking = true,
};

int ip_vs_svcs_init(struct ip_vs_svcs *svcs, struct net *net)
{
	svcs->net = net;
	INIT_LIST_HEAD(&svcs->all);
	return rhashtable_init(&svcs->hash, &svc_params);
}

void ip_vs_svcs_exit(struct ip_vs_svcs *svcs)
{
	WARN_ON_ONCE(svcs->num);
	rhashtable_destroy(&svcs->hash);
}

struct ip_vs_svc *ip_vs_svc_new(const struct ip_vs_svc_key *key)
{
	struct ip_vs_svc *svc = kzalloc(sizeof(*svc), GFP_KERNEL);

	if (!svc)
		return NULL;
	svc->key = *key;
	INIT_LIST_HEAD(&svc->dests);
	ip_vs_census_created(IP_VS_CENSUS_SVC);
	return svc;
}

void ip_vs_svc_drop(struct ip_vs_svc *svc)
{
	kfree(svc);
	ip_vs_census_destroyed(IP_VS_CENSUS_SVC);
}

static void svcs_count(struct ip_vs_svcs *svcs, const struct ip_vs_svc_key *key,
		       int n)
{
	unsigned int *family = &svcs->num_family[key->family != AF_INET];

	WRITE_ONCE(svcs->num, svcs->num + n);
	WRITE_ONCE(*family, *family + n);
	if (key->fwmark)
		WRITE_ONCE(svcs->num_fwmark, svcs->num_fwmark + n);
	else if (!key->port)
		WRITE_ONCE(svcs->num_port0, svcs->num_port0 + n);
	else if (key->port == htons(IP_VS_FTP_PORT))
		WRITE_ONCE(svcs->num_ftp, svcs->num_ftp + n);
}

int ip_vs_svcs_insert(struct ip_vs_svcs *svcs, struct ip_vs_svc *svc)
{
	int err = rhashtable_lookup_insert_key(&svcs->hash, &svc->key,
					       &svc->hash, svc_params);

	if (err)
		return err;
	list_add_rcu(&svc->in_all, &svcs->all);
	svcs_count(svcs, &svc->key, 1);
	return 0;
}

void ip_vs_svcs_remove(struct ip_vs_svcs *svcs, struct ip_vs_svc *svc)
{
	svcs_count(svcs, &svc->key, -1);
	list_del_rcu(&svc->in_all);
	rhashtable_remove_fast(&svcs->hash, &svc->hash, svc_params);
	kfree_rcu(svc, rcu);
	ip_vs_census_destroyed(IP_VS_CENSUS_SVC);
}

struct ip_vs_svc *ip_vs_svcs_find(struct ip_vs_svcs *svcs,
				  const struct ip_vs_svc_key *key)
{
	return rhashtable_lookup_fast(&svcs->hash, key, svc_params);
}

/* Servers take data on their port below, or on any that needs no privilege. */
static bool maybe_ftp_data(const struct ip_vs_svcs *svcs,
			   const struct ip_vs_svc_key *packet)
{
	return packet->protocol == IPPROTO_TCP &&
	       (packet->port == htons(IP_VS_FTP_DATA_PORT) ||
		!inet_port_requires_bind_service(svcs->net,
						 ntohs(packet->port)));
}

static struct ip_vs_svc *at_port(struct ip_vs_svcs *svcs,
				 const struct ip_vs_svc_key *packet,
				 __be16 port)
{
	struct ip_vs_svc_key key = *packet;

	key.port = port;
	return rhashtable_lookup(&svcs->hash, &key, svc_params);
}

static struct ip_vs_svc *by_mark(struct ip_vs_svcs *svcs, u8 family, u32 mark)
{
	const struct ip_vs_svc_key key = { .family = family, .fwmark = mark };

	return rhashtable_lookup(&svcs->hash, &key, svc_params);
}

struct ip_vs_svc *ip_vs_svcs_match(struct ip_vs_svcs *svcs, u32 mark,
				   const struct ip_vs_svc_key *packet)
{
	struct ip_vs_svc *svc = NULL;

	if (mark && READ_ONCE(svcs->num_fwmark))
		svc = by_mark(svcs, packet->family, mark);
	if (!svc)
		svc = rhashtable_lookup(&svcs->hash, packet, svc_params);
	if (!svc && READ_ONCE(svcs->num_ftp) && maybe_ftp_data(svcs, packet))
		svc = at_port(svcs, packet, htons(IP_VS_FTP_PORT));
	if (!svc && READ_ONCE(svcs->num_port0))
		svc = at_port(svcs, packet, 0);
	return svc;
}

struct ip_vs_dest *ip_vs_svc_find_dest(struct ip_vs_svc *svc, u8 family,
				       const union nf_inet_addr *addr,
				       __be16 port)
{
	struct ip_vs_dest *dest;

	list_for_each_entry_rcu(dest, &svc->dests, in_svc, true) {
		if (ip_vs_dest_is(dest, family, addr, port))
			return dest;
	}
	return NULL;
}

void ip_vs_svc_counters(struct ip_vs_svc *svc, struct ip_vs_counters *sum)
{
	struct ip_vs_dest *dest;

	ip_vs_counters_add(sum, &svc->left);
	rcu_read_lock();
	list_for_each_entry_rcu(dest, &svc->dests, in_svc)
		ip_vs_stats_read(sum, dest->stats);
	rcu_read_unlock();
}

// SPDX-License-Identifier: GPL-2.0-only
#include "persist.h"

#include "pe.h"
#include "proto.h"
#include "sched.h"

struct ip_vs_dest *ip_vs_svc_pick(struct ip_vs_svc *svc,
				  const struct ip_vs_tuple *client)
{
	struct ip_vs_pool *pool = rcu_dereference(svc->pool);

	return pool ? pool->sched->pick(pool, client) : NULL;
}

/* Whom a template stands for: a client network and a service. The key of a
 * mark service has the mark for an address; that of FTP has no port, so that
 * data connections come to the same server.
 */
static void template_tuple(struct ip_vs_tuple *t, const struct ip_vs_persist *p)
{
	const struct ip_vs_svc_key *key = &p->svc->key;
	const struct ip_vs_tuple *client = p->client;
	union nf_inet_addr net, vip = key->addr;

	if (key->fwmark) {
		memset(&vip, 0, sizeof(vip));
		vip.ip = htonl(key->fwmark);
	}
	ip_vs_addr_mask(client->k.family, &net, ip_vs_tuple_src(client),
			READ_ONCE(p->svc->netmask));
	ip_vs_tuple_set(t, client->k.family, &net, &vip);
	t->k.protocol = key->fwmark ? IPPROTO_IP : key->protocol;
	t->k.kind = IP_VS_TUPLE_TEMPLATE;
	t->k.dir = 0;
	t->k.sport = 0;
	t->k.dport = key->port == htons(IP_VS_FTP_PORT) ? 0 : key->port;
}

/* Also what the service's engine finds; @room is for that. */
static bool template_key(struct ip_vs_tuple *t, struct ip_vs_pe_key *room,
			 const struct ip_vs_persist *p)
{
	const struct ip_vs_pe *pe = rcu_dereference(p->svc->pe);

	template_tuple(t, p);
	if (!pe) {
		ip_vs_tuple_seal(t);
		return true;
	}
	if (!p->packet || !pe->find(p->skb, p->packet, room))
		return false;
	ip_vs_tuple_seal_pe(t, room);
	return true;
}

static struct ip_vs_dest *template_dest(struct ip_vs_conn *t,
					bool expire_quiescent)
{
	struct ip_vs_dest *dest = rcu_dereference(t->dest);

	if (!dest || !ip_vs_dest_available(dest))
		return NULL;
	if (expire_quiescent && !ip_vs_dest_weight(dest))
		return NULL;
	return dest;
}

static struct ip_vs_conn *template_new(struct ip_vs_conns *conns,
				       struct ip_vs_svc *svc,
				       const struct ip_vs_tuple *t,
				       struct ip_vs_dest *dest)
{
	struct ip_vs_conn_spec spec = {
		.client = t,
		.daddr = dest->addr,
		.dport = t->k.dport ? dest->port : 0,
		.state = IP_VS_TEMPLATE_NONE,
		.flags = ip_vs_dest_conn_flags(dest) | IP_VS_CONN_F_TEMPLATE,
		.fwmark = svc->key.fwmark,
		.timeout = READ_ONCE(svc->timeout),
		.dest = dest,
	};
	struct ip_vs_conn *c = ip_vs_conn_new(&spec);
	int err;

	if (!c)
		return NULL;
	err = ip_vs_conn_insert(conns, c, t);
	if (err == -EEXIST)	/* another CPU had the same client's packet */
		return ip_vs_conn_find_client(conns, t);
	return err ? NULL : c;
}

static struct ip_vs_dest *template_use(struct ip_vs_conn *t,
				       struct ip_vs_svc *svc,
				       struct ip_vs_dest *dest)
{
	ip_vs_conn_touch(t);
	WRITE_ONCE(t->timeout, READ_ONCE(svc->timeout));
	return dest;
}

static struct ip_vs_conn *template_find(struct ip_vs_conns *conns,
					const struct ip_vs_tuple *key)
{
	struct ip_vs_conn *t = ip_vs_conn_find_client(conns, key);

	return t && ip_vs_conn_over(conns, t) ? NULL : t;
}

struct ip_vs_dest *ip_vs_persist_pick(const struct ip_vs_persist *p,
				      struct ip_vs_conn **template)
{
	struct ip_vs_pe_key pe;
	struct ip_vs_dest *dest;
	struct ip_vs_tuple key;
	struct ip_vs_conn *t;

	if (!template_key(&key, &pe, p))
		return ERR_PTR(-EINVAL);
	t = template_find(p->conns, &key);
	*template = t;
	if (t) {
		dest = template_dest(t, p->expire_quiescent);
		if (dest)
			return template_use(t, p->svc, dest);
	}
	dest = ip_vs_svc_pick(p->svc, p->client);
	if (!dest)
		return NULL;
	if (t)
		ip_vs_conn_detach(p->conns, t);
	t = template_new(p->conns, p->svc, &key, dest);
	*template = t;
	if (!t)
		return ERR_PTR(-ENOMEM);
	dest = template_dest(t, p->expire_quiescent);
	return dest ? template_use(t, p->svc, dest) : NULL;
}

struct ip_vs_conn *ip_vs_persist_settle(const struct ip_vs_persist *p,
					struct ip_vs_dest *dest)
{
	struct ip_vs_pe_key pe;
	struct ip_vs_tuple key;
	struct ip_vs_conn *t;

	if (!template_key(&key, &pe, p))
		return NULL;
	t = template_find(p->conns, &key);
	if (t && template_dest(t, p->expire_quiescent) != dest) {
		ip_vs_conn_detach(p->conns, t);
		t = NULL;
	}
	if (!t)
		t = template_new(p->conns, p->svc, &key, dest);
	if (t)
		template_use(t, p->svc, dest);
	return t;
}

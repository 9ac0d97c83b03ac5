// SPDX-License-Identifier: GPL-2.0-only
#include "callout.h"

#include "limits.h"
#include "pe.h"
#include "persist.h"
#include "proto.h"

/* The client's packets will be for the service: that must be one address and
 * port.
 */
static struct ip_vs_svc *service_of(struct ip_vs_net *ns,
				    const struct ip_vs_dest *dest, u8 protocol)
{
	struct ip_vs_svc *svc = ip_vs_svcs_find(&ns->svcs, &dest->svc_key);
	const struct ip_vs_pe *pe = svc ? rcu_dereference(svc->pe) : NULL;

	if (!pe || pe->out_protocol != protocol || svc->key.fwmark ||
	    !svc->key.port || !dest->port)
		return NULL;
	return svc;
}

/* As the client will answer. */
static void client_tuple(struct ip_vs_tuple *t, const struct ip_vs_packet *p,
			 const struct ip_vs_svc *svc)
{
	ip_vs_tuple_invert(t, &p->tuple);
	ip_vs_tuple_set(t, svc->key.family, ip_vs_tuple_dst(&p->tuple),
			&svc->key.addr);
	t->k.dport = svc->key.port;
	ip_vs_tuple_seal(t);
}

static struct ip_vs_conn *new_conn(const struct ip_vs_net *ns,
				   const struct ip_vs_tuple *client,
				   const struct ip_vs_svc *svc,
				   struct ip_vs_dest *dest)
{
	struct ip_vs_conn_spec spec = {
		.client = client,
		.daddr = dest->addr,
		.dport = dest->port,
		.flags = ip_vs_dest_conn_flags(dest),
		.timeout = IP_VS_CONN_TIMEOUT_NEW * HZ,
		.dest = dest,
	};

	if (READ_ONCE(svc->flags) & IP_VS_SVC_F_ONEPACKET)
		spec.flags |= IP_VS_CONN_F_ONE_PACKET;
	if (READ_ONCE(ns->knobs.conntrack))
		spec.flags |= IP_VS_CONN_F_NFCT;
	return ip_vs_conn_new(&spec);
}

/* The client may talk to another server from the same port: the latest one
 * has it.
 */
static bool publish(struct ip_vs_conns *conns, struct ip_vs_conn *c,
		    const struct ip_vs_tuple *client)
{
	struct ip_vs_conn *old = ip_vs_conn_find_client(conns, client);

	if (old && !ip_vs_conn_expire(conns, old))
		ip_vs_conn_detach(conns, old);
	return !ip_vs_conn_insert(conns, c, client);
}

static struct ip_vs_conn *open(struct ip_vs_net *ns, struct sk_buff *skb,
			       const struct ip_vs_packet *packet,
			       struct ip_vs_svc *svc, struct ip_vs_dest *dest)
{
	struct ip_vs_conn *template = NULL, *c;
	struct ip_vs_tuple client;
	struct ip_vs_persist p = {
		.conns = &ns->conns,
		.svc = svc,
		.client = &client,
		.skb = skb,
		.packet = packet,
		.expire_quiescent =
			READ_ONCE(ns->knobs.expire_quiescent_template),
	};

	client_tuple(&client, packet, svc);
	if (ip_vs_svc_persistent(svc)) {
		template = ip_vs_persist_settle(&p, dest);
		if (!template)
			return NULL;
	}
	c = new_conn(ns, &client, svc, dest);
	if (!c)
		return NULL;
	if (template && !ip_vs_conn_control(c, template)) {
		ip_vs_conn_drop(c);
		return NULL;
	}
	if (c->flags & IP_VS_CONN_F_ONE_PACKET)
		return c;
	return publish(&ns->conns, c, &client) ? c : NULL;
}

struct ip_vs_conn *ip_vs_callout(struct ip_vs_net *ns, struct sk_buff *skb,
				 const struct ip_vs_packet *p)
{
	struct ip_vs_dest *dest = ip_vs_dests_speaker(&ns->dests, &p->tuple);
	struct ip_vs_svc *svc;
	struct ip_vs_conn *c;

	if (!dest)
		return NULL;
	svc = service_of(ns, dest, p->tuple.k.protocol);
	c = svc ? open(ns, skb, p, svc, dest) : NULL;
	if (c)
		ip_vs_stats_conn(dest->stats);
	return c;
}

bool ip_vs_callout_astray(struct ip_vs_net *ns, const struct sk_buff *skb,
			  const struct ip_vs_packet *p)
{
	const struct ip_vs_proto *proto;

	if (!ip_vs_dests_speaker(&ns->dests, &p->tuple))
		return false;
	proto = ip_vs_proto_get(p->tuple.k.protocol);
	return proto->first(skb, p->transport) != IP_VS_FIRST_NO;
}

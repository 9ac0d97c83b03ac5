// SPDX-License-Identifier: GPL-2.0-only
#include "flow_new.h"

#include <linux/inetdevice.h>

#include "limits.h"
#include "nfct.h"
#include "persist.h"
#include "route.h"

/* One-packet scheduling is for UDP. */
static bool once(const struct ip_vs_step *s, const struct ip_vs_svc *svc)
{
	return s->p.tuple.k.protocol == IPPROTO_UDP &&
	       READ_ONCE(svc->flags) & IP_VS_SVC_F_ONEPACKET;
}

static bool wants_bypass(const struct ip_vs_step *s,
			 const struct ip_vs_svc *svc)
{
	return READ_ONCE(s->ns->knobs.cache_bypass) && svc->key.fwmark &&
	       ip_vs_addr_whose(s->ns->net, s->family,
				ip_vs_tuple_dst(&s->p.tuple)) == IP_VS_ANOTHERS;
}

static struct ip_vs_conn *new_bypass(struct ip_vs_step *s,
				     const struct ip_vs_svc *svc)
{
	const struct ip_vs_tuple *t = &s->p.tuple;
	struct ip_vs_conn_spec spec = {
		.client = t,
		.dport = t->k.dport,
		.flags = IP_VS_CONN_F_BYPASS | IP_VS_CONN_F_INACTIVE,
		.fwmark = svc->key.fwmark,
		.timeout = IP_VS_CONN_TIMEOUT_NEW * HZ,
	};

	if (once(s, svc))
		spec.flags |= IP_VS_CONN_F_ONE_PACKET;
	if (READ_ONCE(s->ns->knobs.conntrack))
		spec.flags |= IP_VS_CONN_F_NFCT;
	ip_vs_addr_copy(s->family, &spec.daddr, ip_vs_tuple_dst(t));
	return ip_vs_conn_new(&spec);
}

static u32 new_conn_flags(const struct ip_vs_step *s,
			  const struct ip_vs_svc *svc,
			  const struct ip_vs_dest *dest)
{
	u32 flags = READ_ONCE(dest->cfg.fwd) | IP_VS_CONN_F_INACTIVE;

	if ((flags & IP_VS_CONN_F_FWD_MASK) != IP_VS_CONN_F_MASQ)
		flags |= IP_VS_CONN_F_NOOUTPUT;
	if (once(s, svc))
		flags |= IP_VS_CONN_F_ONE_PACKET;
	if (READ_ONCE(s->ns->knobs.conntrack))
		flags |= IP_VS_CONN_F_NFCT;
	return flags;
}

static struct ip_vs_conn *new_conn(struct ip_vs_step *s, struct ip_vs_svc *svc,
				   struct ip_vs_dest *dest,
				   struct ip_vs_conn *template)
{
	const struct ip_vs_tuple *t = &s->p.tuple;
	struct ip_vs_conn_spec spec = {
		.client = t,
		.daddr = dest->addr,
		.dport = ip_vs_dest_port(svc, dest, t->k.dport),
		.flags = new_conn_flags(s, svc, dest),
		.fwmark = svc->key.fwmark,
		.timeout = IP_VS_CONN_TIMEOUT_NEW * HZ,
		.dest = dest,
	};
	struct ip_vs_conn *c = ip_vs_app_conn_new(&s->ns->apps, &spec);

	if (!c || !template || ip_vs_conn_control(c, template))
		return c;
	ip_vs_conn_drop(c);
	return NULL;
}

/* One-packet connections are nobody else's: they end with their packet. Their template
 * counts it; where a backup listens, that has been done.
 */
static unsigned int carry_once(struct ip_vs_step *s, struct ip_vs_conn *c)
{
	unsigned int verdict = ip_vs_step_carry(s, c);

	if (c->control && !rcu_access_pointer(s->ns->sync_tx))
		atomic_inc(&c->control->in_pkts);
	ip_vs_conn_drop(c);
	return verdict;
}

/* The state is settled before others can see the connection. Who loses the
 * race for a tuple follows the winner.
 */
static unsigned int start(struct ip_vs_step *s, struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = rcu_dereference(c->dest);
	int err;

	if (!s->error &&
	    !ip_vs_nfct_renew(s->ns->net, s->skb, c, s->hook)) {
		ip_vs_conn_drop(c);
		return ip_vs_step_drop(s);
	}
	if (dest)
		ip_vs_stats_conn(dest->stats);
	ip_vs_step_track(s, c, IP_VS_DIR_CLIENT);
	if (c->flags & IP_VS_CONN_F_ONE_PACKET)
		return carry_once(s, c);
	err = ip_vs_conn_insert(&s->ns->conns, c, &s->p.tuple);
	if (!err)
		return ip_vs_step_carry(s, c);
	c = err == -EEXIST ? ip_vs_conn_find_client(&s->ns->conns,
						    &s->p.tuple) : NULL;
	return c ? ip_vs_step_forward(s, c) : ip_vs_step_drop(s);
}

/* No server is left for the client: say so (RFC 1122, 3.2.2.1), but no error
 * answers an error. What has been taken for FTP data may be for somebody else.
 */
static unsigned int refuse(struct ip_vs_step *s, struct ip_vs_svc *svc)
{
	struct ip_vs_conn *c;

	if (s->error)
		return ip_vs_step_drop(s);
	if (wants_bypass(s, svc)) {
		c = new_bypass(s, svc);
		return c ? start(s, c) : ip_vs_step_drop(s);
	}
	if (svc->key.port == htons(IP_VS_FTP_PORT) &&
	    s->p.tuple.k.dport != svc->key.port)
		return NF_ACCEPT;
	return ip_vs_step_unreachable(s);
}

/* Out of line: only persistence needs all that. */
static noinline struct ip_vs_dest *
pick_persistent(struct ip_vs_step *s, struct ip_vs_svc *svc,
		struct ip_vs_conn **template)
{
	struct ip_vs_persist p = {
		.conns = &s->ns->conns,
		.svc = svc,
		.client = &s->p.tuple,
		.skb = s->skb,
		.packet = s->error ? NULL : &s->p,
		.expire_quiescent =
			READ_ONCE(s->ns->knobs.expire_quiescent_template),
	};

	return ip_vs_persist_pick(&p, template);
}

/* As ip_vs_persist_pick(). */
static struct ip_vs_dest *pick(struct ip_vs_step *s, struct ip_vs_svc *svc,
			       struct ip_vs_conn **template)
{
	if (ip_vs_svc_persistent(svc))
		return pick_persistent(s, svc, template);
	if (likely(svc->key.port || svc->key.fwmark))
		return ip_vs_svc_pick(svc, &s->p.tuple);
	net_warn_ratelimited(IP_VS_LOG
			     "service of port 0 is not persistent\n");
	return NULL;
}

static unsigned int assign(struct ip_vs_step *s, struct ip_vs_svc *svc)
{
	struct ip_vs_conn *template = NULL, *c;
	struct ip_vs_dest *dest = pick(s, svc, &template);

	if (IS_ERR(dest))
		return ip_vs_step_drop(s);
	if (!dest)
		return refuse(s, svc);
	c = new_conn(s, svc, dest, template);
	return c ? start(s, c) : ip_vs_step_drop(s);
}

static struct ip_vs_svc *match_service(const struct ip_vs_step *s)
{
	const struct ip_vs_key *k = &s->p.tuple.k;
	struct ip_vs_svc_key key = {
		.port = k->dport,
		.family = s->family,
		.protocol = k->protocol,
	};

	ip_vs_addr_copy(s->family, &key.addr, ip_vs_tuple_dst(&s->p.tuple));
	return ip_vs_svcs_match(&s->ns->svcs, s->skb->mark, &key);
}

/* May a packet from the middle of a conversation open a connection? */
static bool sloppy(const struct ip_vs_step *s)
{
	const struct ip_vs_knobs *knobs = &s->ns->knobs;

	return s->p.tuple.k.protocol == IPPROTO_SCTP ?
	       READ_ONCE(knobs->sloppy_sctp) : READ_ONCE(knobs->sloppy_tcp);
}

static enum ip_vs_first first(const struct ip_vs_step *s)
{
	enum ip_vs_first first = s->proto->first(s->skb, s->p.transport);

	if (first != IP_VS_FIRST_SLOPPY)
		return first;
	return sloppy(s) ? IP_VS_FIRST_YES : IP_VS_FIRST_NO;
}

/* What an error quotes may be from anywhere in a conversation. */
static enum ip_vs_first quoted_first(const struct ip_vs_step *s)
{
	return ip_vs_packet_header(s->p.protocol) ? IP_VS_FIRST_YES
						  : IP_VS_FIRST_NO;
}

unsigned int ip_vs_flow_new(struct ip_vs_step *s)
{
	struct ip_vs_svc *svc;

	switch (unlikely(s->error) ? quoted_first(s) : first(s)) {
	case IP_VS_FIRST_YES:
		break;
	case IP_VS_FIRST_BROKEN:
		return ip_vs_step_drop(s);
	default:
		return NF_ACCEPT;
	}
	if (s->p.tuple.k.sport == htons(IP_VS_FTP_DATA_PORT))
		return NF_ACCEPT;
	svc = match_service(s);
	if (!svc || !ip_vs_svc_serves(svc, s->p.tuple.k.dport))
		return NF_ACCEPT;
	if (ip_vs_defense_drops(&s->ns->defense))
		return ip_vs_step_drop(s);
	return assign(s, svc);
}

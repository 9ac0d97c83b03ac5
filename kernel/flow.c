// SPDX-License-Identifier: GPL-2.0-only
#include "flow.h"

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/inetdevice.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <net/icmp.h>
#include <net/ip.h>

#include "callout.h"
#include "limits.h"
#include "nat.h"
#include "nfct.h"
#include "packet.h"
#include "persist.h"
#include "proto.h"
#include "route.h"
#include "sync_tx.h"
#include "tunnel_error.h"
#include "xmit.h"

#define FTP_DATA_PORT	20

/* One packet on its way through. The parser fills it: kernels that zero the
 * stack (CONFIG_INIT_STACK_ALL_ZERO) need not do it here, for each packet.
 */
struct step {
	struct ip_vs_net *ns;
	struct sk_buff *skb;
	const struct ip_vs_proto *proto;
	unsigned int hook;
	u8 family;
	struct ip_vs_packet p;
};

static struct ip_vs_dest *live_dest(const struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = rcu_dereference(c->dest);

	return dest && ip_vs_dest_available(dest) ? dest : NULL;
}

static unsigned int drop(struct sk_buff *skb)
{
	kfree_skb(skb);
	return NF_STOLEN;
}

static unsigned int transmit(struct step *s, struct ip_vs_conn *c, bool error)
{
	struct ip_vs_xmit x = {
		.net = s->ns->net,
		.hook = s->hook,
		.owner = s->ns,
		.pmtu_disc = READ_ONCE(s->ns->knobs.pmtu_disc),
		.error = error,
	};

	return ip_vs_xmit(&x, s->skb, &s->p, c);
}

/* Count the packet, and tell a backup if one listens and it is time. */
static void replicate(struct ip_vs_net *ns, struct ip_vs_conn *c)
{
	struct ip_vs_sync_tx *tx = rcu_dereference(ns->sync_tx);

	if (likely(!tx)) {
		atomic_set(&c->in_pkts, atomic_read(&c->in_pkts) + 1);
		return;
	}
	ip_vs_sync_tx_conn(tx, c, c->flags & IP_VS_CONN_F_ONE_PACKET ?
				  READ_ONCE(ns->sync_knobs.threshold) :
				  atomic_inc_return(&c->in_pkts));
}

void ip_vs_flow_lingers(struct ip_vs_conns *conns, struct ip_vs_conn *c)
{
	struct ip_vs_net *ns = container_of(conns, struct ip_vs_net, conns);
	struct ip_vs_sync_tx *tx = rcu_dereference(ns->sync_tx);

	if (!tx)
		return;
	local_bh_disable();
	ip_vs_sync_tx_conn(tx, c, READ_ONCE(ns->sync_knobs.threshold));
	local_bh_enable();
}

/* Conntrack's tables may be gone once the namespace is dying. */
void ip_vs_flow_leaves(struct ip_vs_conns *conns, struct ip_vs_conn *c)
{
	struct ip_vs_net *ns = container_of(conns, struct ip_vs_net, conns);

	if (!READ_ONCE(ns->dying))
		ip_vs_nfct_forget(ns->net, c);
}

/* On to the real server, the state being settled. */
static unsigned int carry(struct step *s, struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = live_dest(c);
	unsigned int verdict;

	if (likely(dest))
		ip_vs_stats_in(dest->stats, s->skb->len);
	verdict = transmit(s, c, false);
	ip_vs_conn_touch(c);
	replicate(s->ns, c);
	return verdict;
}

static void track(struct step *s, struct ip_vs_conn *c, enum ip_vs_dir dir)
{
	s->proto->track(c, dir, s->skb, s->p.transport, &s->ns->timeouts);
}

static unsigned int forward(struct step *s, struct ip_vs_conn *c)
{
	track(s, c, IP_VS_DIR_CLIENT);
	return carry(s, c);
}

/* New connections. */

static bool wants_bypass(const struct step *s, const struct ip_vs_svc *svc)
{
	return READ_ONCE(s->ns->knobs.cache_bypass) && svc->key.fwmark &&
	       ip_vs_addr_whose(s->ns->net, s->family,
				ip_vs_tuple_dst(&s->p.tuple)) == IP_VS_ANOTHERS;
}

static struct ip_vs_conn *new_bypass(struct step *s,
				     const struct ip_vs_svc *svc)
{
	const struct ip_vs_tuple *t = &s->p.tuple;
	struct ip_vs_conn_spec spec = {
		.client = t,
		.dport = t->k.dport,
		.flags = IP_VS_CONN_F_BYPASS | IP_VS_CONN_F_INACTIVE |
			 IP_VS_CONN_F_NOOUTPUT,
		.fwmark = svc->key.fwmark,
		.timeout = IP_VS_CONN_TIMEOUT_NEW * HZ,
	};

	if (READ_ONCE(s->ns->knobs.conntrack))
		spec.flags |= IP_VS_CONN_F_NFCT;
	ip_vs_addr_copy(s->family, &spec.daddr, ip_vs_tuple_dst(t));
	return ip_vs_conn_new(&spec);
}

static u32 new_conn_flags(const struct step *s, const struct ip_vs_svc *svc,
			  const struct ip_vs_dest *dest)
{
	u32 flags = READ_ONCE(dest->cfg.fwd) | IP_VS_CONN_F_INACTIVE;

	if ((flags & IP_VS_CONN_F_FWD_MASK) != IP_VS_CONN_F_MASQ)
		flags |= IP_VS_CONN_F_NOOUTPUT;
	if (s->p.tuple.k.protocol == IPPROTO_UDP &&
	    READ_ONCE(svc->flags) & IP_VS_SVC_F_ONEPACKET)
		flags |= IP_VS_CONN_F_ONE_PACKET;
	if (READ_ONCE(s->ns->knobs.conntrack))
		flags |= IP_VS_CONN_F_NFCT;
	return flags;
}

static struct ip_vs_conn *new_conn(struct step *s, struct ip_vs_svc *svc,
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
	struct ip_vs_conn *c = ip_vs_conn_new(&spec);

	if (!c || !template || ip_vs_conn_control(c, template))
		return c;
	ip_vs_conn_drop(c);
	return NULL;
}

/* One-packet connections are nobody else's: they end with their packet. */
static unsigned int carry_once(struct step *s, struct ip_vs_conn *c)
{
	unsigned int verdict = carry(s, c);

	ip_vs_conn_drop(c);
	return verdict;
}

/* The state is settled before others can see the connection. Who loses the
 * race for a tuple follows the winner.
 */
static unsigned int start(struct step *s, struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = rcu_dereference(c->dest);
	int err;

	if (!ip_vs_nfct_renew(s->ns->net, s->skb, c, s->hook)) {
		ip_vs_conn_drop(c);
		return drop(s->skb);
	}
	if (dest)
		ip_vs_stats_conn(dest->stats);
	track(s, c, IP_VS_DIR_CLIENT);
	if (c->flags & IP_VS_CONN_F_ONE_PACKET)
		return carry_once(s, c);
	err = ip_vs_conn_insert(&s->ns->conns, c);
	if (!err)
		return carry(s, c);
	c = err == -EEXIST ? ip_vs_conn_find_client(&s->ns->conns,
						    &s->p.tuple) : NULL;
	return c ? forward(s, c) : drop(s->skb);
}

static unsigned int port_unreachable(struct step *s)
{
	if (s->family == AF_INET)
		icmp_send(s->skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, 0);
	else
		icmpv6_send(s->skb, ICMPV6_DEST_UNREACH, ICMPV6_PORT_UNREACH,
			    0);
	return drop(s->skb);
}

/* No server is left for the client: say so (RFC 1122, 3.2.2.1). */
static unsigned int refuse(struct step *s, struct ip_vs_svc *svc)
{
	struct sk_buff *skb = s->skb;
	struct ip_vs_conn *c;

	if (wants_bypass(s, svc)) {
		c = new_bypass(s, svc);
		return c ? start(s, c) : drop(skb);
	}
	if (!skb->dev)
		skb->dev = s->ns->net->loopback_dev;
	return port_unreachable(s);
}

static unsigned int assign(struct step *s, struct ip_vs_svc *svc)
{
	struct ip_vs_conn *template = NULL, *c;
	struct ip_vs_persist p = {
		.conns = &s->ns->conns,
		.svc = svc,
		.client = &s->p.tuple,
		.skb = s->skb,
		.packet = &s->p,
		.expire_quiescent =
			READ_ONCE(s->ns->knobs.expire_quiescent_template),
	};
	struct ip_vs_dest *dest;

	if (ip_vs_svc_persistent(svc)) {
		dest = ip_vs_persist_pick(&p, &template);
	} else if (!svc->key.port && !svc->key.fwmark) {
		net_warn_ratelimited(IP_VS_LOG
				     "service of port 0 is not persistent\n");
		dest = NULL;
	} else {
		dest = ip_vs_svc_pick(svc, &s->p.tuple);
	}
	if (IS_ERR(dest))
		return drop(s->skb);
	if (!dest)
		return refuse(s, svc);
	c = new_conn(s, svc, dest, template);
	return c ? start(s, c) : drop(s->skb);
}

static struct ip_vs_svc *match_service(const struct step *s)
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

/* Packets of clients come to us, not by broadcast, not promiscuously seen, and
 * not while we only stand by.
 */
static bool is_ours(const struct step *s)
{
	const struct ip_vs_net *ns = s->ns;

	if (s->hook != NF_INET_LOCAL_OUT && s->skb->pkt_type != PACKET_HOST)
		return false;
	if (unlikely(!skb_dst(s->skb)))
		return false;
	return !(READ_ONCE(ns->backup) && READ_ONCE(ns->knobs.backup_only));
}

/* May a packet from the middle of a conversation open a connection? */
static bool sloppy(const struct step *s)
{
	const struct ip_vs_knobs *knobs = &s->ns->knobs;

	return s->p.tuple.k.protocol == IPPROTO_SCTP ?
	       READ_ONCE(knobs->sloppy_sctp) : READ_ONCE(knobs->sloppy_tcp);
}

static unsigned int open_connection(struct step *s)
{
	struct ip_vs_svc *svc;

	switch (s->proto->first(s->skb, s->p.transport)) {
	case IP_VS_FIRST_YES:
		break;
	case IP_VS_FIRST_SLOPPY:
		if (sloppy(s))
			break;
		return NF_ACCEPT;
	case IP_VS_FIRST_BROKEN:
		return drop(s->skb);
	default:
		return NF_ACCEPT;
	}
	if (s->p.tuple.k.sport == htons(FTP_DATA_PORT))
		return NF_ACCEPT;
	svc = match_service(s);
	return svc ? assign(s, svc) : NF_ACCEPT;
}

/* Known connections. */

/* A client that opens again with a tuple still in the table: is the old
 * connection over, as far as it can be told?
 */
static bool reopens(const struct step *s, const struct ip_vs_conn *c)
{
	int mode = READ_ONCE(s->ns->knobs.conn_reuse_mode);
	struct ip_vs_dest *dest = live_dest(c);
	u8 state = READ_ONCE(c->state);

	if (!s->proto->opens(s->skb, s->p.transport))
		return false;
	if (READ_ONCE(s->ns->knobs.expire_nodest_conn) && dest &&
	    !ip_vs_dest_weight(dest))
		return true;
	if (!mode || READ_ONCE(c->control))
		return false;
	if (s->proto->reusable(state))
		return true;
	return mode & 2 && s->proto->closing(state) &&
	       c->flags & IP_VS_CONN_F_NOOUTPUT;
}

static unsigned int open_instead(struct step *s, struct ip_vs_conn *old)
{
	if (!ip_vs_conn_expire(&s->ns->conns, old))
		ip_vs_conn_detach(&s->ns->conns, old);
	return open_connection(s);
}

static unsigned int from_client(struct step *s, struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = rcu_dereference(c->dest);

	if (!is_ours(s))
		return NF_ACCEPT;
	if (unlikely(reopens(s, c)))
		return open_instead(s, c);
	if (unlikely(dest && !ip_vs_dest_available(dest))) {
		if (!READ_ONCE(s->ns->knobs.expire_nodest_conn))
			return drop(s->skb);
		return open_instead(s, c);
	}
	return forward(s, c);
}

/* An answer may be routed by its new source address, if any rule says so. */
static bool reroute(struct step *s)
{
	if (s->hook == NF_INET_LOCAL_IN ||
	    !READ_ONCE(s->ns->knobs.snat_reroute) ||
	    likely(!ip_vs_route_by_policy(s->ns->net, s->family)))
		return true;
	if (s->family == AF_INET)
		return !ip_route_me_harder(s->ns->net, s->skb->sk, s->skb,
					   RTN_LOCAL);
	return !ip6_route_me_harder(s->ns->net, s->skb->sk, s->skb);
}

static unsigned int to_client(struct step *s, const struct ip_vs_conn *c)
{
	if (!reroute(s))
		return drop(s->skb);
	s->skb->ipvs_property = 1;
	if (!ip_vs_nfct_settle(s->skb, c, IP_VS_DIR_SERVER, false))
		return drop(s->skb);
	return NF_ACCEPT;
}

static unsigned int from_server(struct step *s, struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = live_dest(c);

	if (likely(dest))
		ip_vs_stats_out(dest->stats, s->skb->len);
	if (ip_vs_conn_fwd(c) == IP_VS_CONN_F_MASQ &&
	    !ip_vs_nat_packet(s->skb, &s->p, c, IP_VS_DIR_SERVER))
		return drop(s->skb);
	track(s, c, IP_VS_DIR_SERVER);
	ip_vs_conn_touch(c);
	return to_client(s, c);
}

/* ICMP errors refresh nothing: anybody can send them. */
static unsigned int about_connection(struct step *s, struct ip_vs_conn *c,
				     enum ip_vs_dir dir)
{
	struct ip_vs_dest *dest = live_dest(c);

	if (dir == IP_VS_DIR_CLIENT) {
		if (!is_ours(s))
			return NF_ACCEPT;
		if (dest)
			ip_vs_stats_in(dest->stats, s->skb->len);
		return transmit(s, c, true);
	}
	if (dest)
		ip_vs_stats_out(dest->stats, s->skb->len);
	if (ip_vs_conn_fwd(c) == IP_VS_CONN_F_MASQ &&
	    !ip_vs_nat_error(s->skb, &s->p, c, IP_VS_DIR_SERVER))
		return drop(s->skb);
	return to_client(s, c);
}

/* One that may begin to talk; the rest as if it answered. */
static bool calls_out(struct step *s, unsigned int *verdict)
{
	struct ip_vs_conn *c = NULL;

	if (ip_vs_callout_possible(s->ns) && s->hook != NF_INET_LOCAL_IN)
		c = ip_vs_callout(s->ns, s->skb, &s->p);
	if (!c)
		return false;
	*verdict = from_server(s, c);
	if (c->flags & IP_VS_CONN_F_ONE_PACKET)
		ip_vs_conn_drop(c);
	return true;
}

/* Who speaks for a connection nobody knows is told to stop, if the user wants
 * that (nat_icmp_send).
 */
static unsigned int unknown(struct step *s)
{
	unsigned int verdict;

	if (calls_out(s, &verdict))
		return verdict;
	if (likely(!READ_ONCE(s->ns->knobs.nat_icmp_send)) ||
	    !ip_vs_callout_astray(s->ns, s->skb, &s->p))
		return NF_ACCEPT;
	return port_unreachable(s);
}

/* The packet's tuple; of fragments that of the whole, because the ports are in
 * the first only. False: the packet waits for the rest of it.
 */
static bool parse(struct step *s, enum ip_vs_packet_kind *kind)
{
	u32 user = s->hook == NF_INET_FORWARD ? IP_DEFRAG_VS_FWD :
		   s->hook == NF_INET_LOCAL_OUT ? IP_DEFRAG_VS_OUT :
						  IP_DEFRAG_VS_IN;

	*kind = ip_vs_packet_parse(&s->p, s->skb, s->family);
	if (likely(*kind != IP_VS_PACKET_FRAGMENT))
		return true;
	if (ip_defrag(s->ns->net, s->skb, user))
		return false;
	*kind = ip_vs_packet_parse(&s->p, s->skb, s->family);
	return true;
}

static struct ip_vs_conn *look_up(struct step *s, enum ip_vs_dir *dir)
{
	struct ip_vs_conn *c;

	ip_vs_tuple_seal(&s->p.tuple);
	s->proto = ip_vs_proto_get(s->p.tuple.k.protocol);
	c = ip_vs_conn_find(&s->ns->conns, &s->p.tuple, dir);
	if (c && unlikely(ip_vs_conn_over(&s->ns->conns, c)))
		return NULL;
	return c;
}

/* An error that a router on the way to a real server sends us, about a packet
 * of our tunnel, is the client's.
 */
static unsigned int about_tunnel(struct step *s)
{
	struct ip_vs_tunnel_error e;
	struct ip_vs_dest *dest;
	struct ip_vs_conn *c;

	if (s->hook != NF_INET_LOCAL_IN || !is_ours(s) ||
	    !ip_vs_tunnel_error_parse(&e, s->skb, &s->p))
		return NF_ACCEPT;
	ip_vs_tuple_seal(&e.tuple);
	c = ip_vs_conn_find_client(&s->ns->conns, &e.tuple);
	if (!c || ip_vs_conn_over(&s->ns->conns, c) ||
	    !ip_vs_tunnel_error_concerns(&e, c))
		return NF_ACCEPT;
	dest = live_dest(c);
	if (dest)
		ip_vs_stats_out(dest->stats, s->skb->len);
	ip_vs_tunnel_error_relay(s->ns->net, s->skb, &e, c);
	return NF_STOLEN;
}

static unsigned int local_error(struct step *s, enum ip_vs_packet_kind kind)
{
	struct ip_vs_conn *c = NULL;
	enum ip_vs_dir dir;

	if (kind == IP_VS_PACKET_ERROR)
		c = look_up(s, &dir);
	return c ? about_connection(s, c, dir) : about_tunnel(s);
}

unsigned int ip_vs_flow_through(struct ip_vs_net *ns, struct sk_buff *skb,
				u8 family)
{
	enum ip_vs_packet_kind kind;
	struct ip_vs_conn *c;
	enum ip_vs_dir dir;
	struct step s __uninitialized;

	s.ns = ns;
	s.skb = skb;
	s.hook = NF_INET_FORWARD;
	s.family = family;
	if (!parse(&s, &kind))
		return NF_STOLEN;
	if (kind != IP_VS_PACKET_PLAIN && kind != IP_VS_PACKET_ERROR)
		return NF_ACCEPT;
	c = look_up(&s, &dir);
	if (kind == IP_VS_PACKET_ERROR)
		return c ? about_connection(&s, c, dir) : NF_ACCEPT;
	if (!c)
		return unknown(&s);
	return dir == IP_VS_DIR_SERVER ? from_server(&s, c) : NF_ACCEPT;
}

unsigned int ip_vs_flow_local(struct ip_vs_net *ns, struct sk_buff *skb,
			      unsigned int hook, u8 family)
{
	enum ip_vs_packet_kind kind;
	unsigned int verdict;
	struct ip_vs_conn *c;
	enum ip_vs_dir dir;
	struct step s __uninitialized;

	s.ns = ns;
	s.skb = skb;
	s.hook = hook;
	s.family = family;
	if (!parse(&s, &kind))
		return NF_STOLEN;
	if (unlikely(kind == IP_VS_PACKET_BROKEN))
		return is_ours(&s) ? drop(skb) : NF_ACCEPT;
	if (unlikely(kind == IP_VS_PACKET_ERROR ||
		     kind == IP_VS_PACKET_STRANGE_ERROR))
		return local_error(&s, kind);
	if (kind != IP_VS_PACKET_PLAIN)
		return NF_ACCEPT;
	c = look_up(&s, &dir);
	if (!c && calls_out(&s, &verdict))
		return verdict;
	if (!c)
		return is_ours(&s) ? open_connection(&s) : NF_ACCEPT;
	return dir == IP_VS_DIR_SERVER ? from_server(&s, c)
				       : from_client(&s, c);
}

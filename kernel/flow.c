// SPDX-License-Identifier: GPL-2.0-only
#include "flow.h"

#include <linux/lockdep.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <net/ipv6_frag.h>
#include <net/netfilter/ipv6/nf_defrag_ipv6.h>
#include <net/ip.h>

#include "callout.h"
#include "concern.h"
#include "discard.h"
#include "flow_new.h"
#include "nat.h"
#include "nfct.h"
#include "route.h"
#include "step.h"
#include "sync_tx.h"
#include "tunnel_error.h"

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

/* A client that opens again with a tuple still in the table: is the old
 * connection over, as far as it can be told?
 */
static bool reopens(const struct ip_vs_step *s, const struct ip_vs_conn *c)
{
	int mode = READ_ONCE(s->ns->knobs.conn_reuse_mode);
	struct ip_vs_dest *dest = ip_vs_step_dest(c);
	u8 state = READ_ONCE(c->state);

	if (!ip_vs_proto_opens(s->proto, s->skb, s->p.transport))
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

static unsigned int open_instead(struct ip_vs_step *s, struct ip_vs_conn *old)
{
	if (!ip_vs_conn_expire(&s->ns->conns, old))
		ip_vs_conn_detach(&s->ns->conns, old);
	return ip_vs_flow_new(s);
}

static unsigned int from_client(struct ip_vs_step *s, struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = rcu_dereference(c->dest);

	if (!ip_vs_step_is_ours(s))
		return NF_ACCEPT;
	if (unlikely(reopens(s, c)))
		return open_instead(s, c);
	if (unlikely(dest && !ip_vs_dest_available(dest))) {
		if (!READ_ONCE(s->ns->knobs.expire_nodest_conn))
			return ip_vs_step_drop(s);
		return open_instead(s, c);
	}
	return ip_vs_step_forward(s, c);
}

/* An answer may be routed by its new source address, if any rule says so, or be
 * for a tunnel of IPsec.
 */
static bool reroute(struct ip_vs_step *s)
{
	if (s->hook == NF_INET_LOCAL_IN ||
	    !READ_ONCE(s->ns->knobs.snat_reroute) ||
	    likely(!ip_vs_route_by_policy(s->ns->net, s->family) &&
		   !ip_vs_ipsec_minds(s->ns->net, XFRM_POLICY_OUT)))
		return true;
	if (s->family == AF_INET)
		return !ip_route_me_harder(s->ns->net, s->skb->sk, s->skb,
					   RTN_LOCAL);
	return !ip6_route_me_harder(s->ns->net, s->skb->sk, s->skb);
}

static unsigned int to_client(struct ip_vs_step *s, const struct ip_vs_conn *c)
{
	if (!reroute(s))
		return ip_vs_step_drop(s);
	s->skb->ipvs_property = 1;
	if (!ip_vs_nfct_settle(s->skb, c, IP_VS_DIR_SERVER, false))
		return ip_vs_step_drop(s);
	return NF_ACCEPT;
}

static unsigned int from_server(struct ip_vs_step *s, struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = ip_vs_step_dest(c);

	if (likely(dest))
		ip_vs_stats_out(dest->stats, s->skb->len);
	if (!ip_vs_step_help(s, c, IP_VS_DIR_SERVER))
		return ip_vs_step_drop(s);
	if (ip_vs_conn_fwd(c) == IP_VS_CONN_F_MASQ &&
	    !ip_vs_nat_packet(s->skb, &s->p, c, IP_VS_DIR_SERVER))
		return ip_vs_step_drop(s);
	ip_vs_step_track(s, c, IP_VS_DIR_SERVER);
	ip_vs_conn_touch(c);
	return to_client(s, c);
}

static unsigned int about_connection(struct ip_vs_step *s, struct ip_vs_conn *c,
				     enum ip_vs_dir dir)
{
	struct ip_vs_dest *dest = ip_vs_step_dest(c);

	if (dir == IP_VS_DIR_CLIENT)
		return ip_vs_step_is_ours(s) ? ip_vs_step_carry(s, c)
					     : NF_ACCEPT;
	if (!ip_vs_step_sound(s, c))
		return ip_vs_step_drop(s);
	if (dest)
		ip_vs_stats_out(dest->stats, s->skb->len);
	if (ip_vs_conn_fwd(c) == IP_VS_CONN_F_MASQ &&
	    !ip_vs_nat_error(s->skb, &s->p, c, IP_VS_DIR_SERVER))
		return ip_vs_step_drop(s);
	return to_client(s, c);
}

/* One that may begin to talk; the rest as if it answered. */
static __always_inline bool calls_out(struct ip_vs_step *s,
				      unsigned int *verdict)
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
static unsigned int unknown(struct ip_vs_step *s)
{
	unsigned int verdict;

	if (calls_out(s, &verdict))
		return verdict;
	if (likely(!READ_ONCE(s->ns->knobs.nat_icmp_send)) ||
	    !ip_vs_callout_astray(s->ns, s->skb, &s->p))
		return NF_ACCEPT;
	return ip_vs_step_unreachable(s);
}

/* On its way through, only what a real server sends may have to be translated.
 * The fragments of others go on as they came.
 */
static bool wants_whole(const struct ip_vs_step *s)
{
	return s->hook != NF_INET_FORWARD ||
	       ip_vs_from_server(s->ns, s->skb, s->family);
}

/* Each hook has queues of its own. Those of IPv6 have no numbers for us: we
 * take the next ones.
 */
static bool reassemble4(struct ip_vs_step *s)
{
	u32 user = s->hook == NF_INET_FORWARD ? IP_DEFRAG_VS_FWD :
		   s->hook == NF_INET_LOCAL_OUT ? IP_DEFRAG_VS_OUT :
						  IP_DEFRAG_VS_IN;

	return !ip_defrag(s->ns->net, s->skb, user);
}

static bool reassemble6(struct ip_vs_step *s)
{
	u32 user = __IP6_DEFRAG_CONNTRACK_BRIDGE_IN + 1 + s->hook;
	int err = nf_ct_frag6_gather(s->ns->net, s->skb, user);

	if (err && err != -EINPROGRESS)
		ip_vs_discard(s->ns->net, s->skb, AF_INET6,
			      ip_vs_discards(s->hook));
	return !err;
}

/* The ports are in the first fragment only. False: the packet waits for the rest
 * of it.
 */
static noinline bool gather(struct ip_vs_step *s, enum ip_vs_packet_kind *kind)
{
	if (!wants_whole(s))
		return true;
	if (s->family == AF_INET ? !reassemble4(s) : !reassemble6(s))
		return false;
	*kind = ip_vs_packet_parse(&s->p, s->skb, s->family);
	return true;
}

/* The packet's tuple; of fragments that of the whole. False: as gather(). */
static __always_inline bool parse(struct ip_vs_step *s,
				  enum ip_vs_packet_kind *kind)
{
	*kind = ip_vs_packet_parse(&s->p, s->skb, s->family);
	if (unlikely(*kind == IP_VS_PACKET_FRAGMENT) && !gather(s, kind))
		return false;
	s->error = *kind == IP_VS_PACKET_ERROR;
	return true;
}

static __always_inline struct ip_vs_conn *look_up(struct ip_vs_step *s,
						  enum ip_vs_dir *dir)
{
	struct ip_vs_conn *c;

	ip_vs_tuple_seal(&s->p.tuple);
	s->proto = ip_vs_proto_of_packet(s->p.protocol);
	c = ip_vs_conn_find(&s->ns->conns, &s->p.tuple, dir);
	if (c && unlikely(ip_vs_conn_over(&s->ns->conns, c)))
		return NULL;
	return c;
}

/* The user may want a connection for it, that whoever sent the packet hears of
 * the error (schedule_icmp).
 */
static unsigned int unknown_error(struct ip_vs_step *s)
{
	if (likely(!READ_ONCE(s->ns->knobs.schedule_icmp)) ||
	    !ip_vs_step_is_ours(s))
		return NF_ACCEPT;
	return ip_vs_flow_new(s);
}

/* An error that a router on the way to a real server sends us, about a packet
 * of our tunnel, is the client's.
 */
static unsigned int about_tunnel(struct ip_vs_step *s)
{
	struct ip_vs_tunnel_error e;
	struct ip_vs_dest *dest;
	struct ip_vs_conn *c;
	unsigned int told;

	if (s->hook != NF_INET_LOCAL_IN || !ip_vs_step_is_ours(s) ||
	    !ip_vs_tunnel_error_parse(&e, s->skb, &s->p))
		return NF_ACCEPT;
	ip_vs_tuple_seal(&e.tuple);
	c = ip_vs_conn_find_client(&s->ns->conns, &e.tuple);
	if (!c || ip_vs_conn_over(&s->ns->conns, c) ||
	    !ip_vs_tunnel_error_concerns(&e, c))
		return NF_ACCEPT;
	told = ip_vs_tunnel_error_relay(s->ns->net, s->skb, &e, c);
	dest = ip_vs_step_dest(c);
	if (told && dest)
		ip_vs_stats_out(dest->stats, told);
	return NF_STOLEN;
}

static unsigned int local_error(struct ip_vs_step *s)
{
	struct ip_vs_conn *c = NULL;
	unsigned int verdict;
	enum ip_vs_dir dir;

	if (s->error)
		c = look_up(s, &dir);
	if (c)
		return about_connection(s, c, dir);
	verdict = about_tunnel(s);
	return s->error && verdict == NF_ACCEPT ? unknown_error(s) : verdict;
}

/* What is of no balanced protocol may be a tunnel's. What it carries need not
 * be ours either (ignore_tunneled).
 */
static unsigned int other(struct ip_vs_step *s)
{
	if (READ_ONCE(s->ns->knobs.ignore_tunneled) && ip_vs_step_is_ours(s))
		s->skb->ipvs_property = 1;
	return NF_ACCEPT;
}

/* A packet of no known connection. */
static unsigned int stranger(struct ip_vs_step *s)
{
	unsigned int verdict;
	struct ip_vs_conn *c;

	if (calls_out(s, &verdict))
		return verdict;
	if (!ip_vs_step_is_ours(s))
		return NF_ACCEPT;
	if (unlikely(atomic_read(&s->ns->conns.portless)) &&
	    ip_vs_proto_opens(s->proto, s->skb, s->p.transport)) {
		c = ip_vs_conn_claim(&s->ns->conns, &s->p.tuple);
		if (c)
			return ip_vs_step_forward(s, c);
	}
	return ip_vs_flow_new(s);
}

unsigned int ip_vs_flow_through(struct ip_vs_net *ns, struct sk_buff *skb,
				u8 family, bool ahead)
{
	enum ip_vs_packet_kind kind;
	struct ip_vs_conn *c;
	enum ip_vs_dir dir;
	struct ip_vs_step s __uninitialized;

	lockdep_assert_in_softirq();
	s.ns = ns;
	s.skb = skb;
	s.hook = NF_INET_FORWARD;
	s.family = family;
	s.ahead = ahead;
	if (!parse(&s, &kind))
		return NF_STOLEN;
	if (kind != IP_VS_PACKET_PLAIN && kind != IP_VS_PACKET_ERROR)
		return NF_ACCEPT;
	c = look_up(&s, &dir);
	if (kind == IP_VS_PACKET_ERROR)
		return c ? about_connection(&s, c, dir) : unknown_error(&s);
	if (!c)
		return unknown(&s);
	return dir == IP_VS_DIR_SERVER ? from_server(&s, c) : NF_ACCEPT;
}

unsigned int ip_vs_flow_local(struct ip_vs_net *ns, struct sk_buff *skb,
			      unsigned int hook, u8 family)
{
	enum ip_vs_packet_kind kind;
	struct ip_vs_conn *c;
	enum ip_vs_dir dir;
	struct ip_vs_step s __uninitialized;

	lockdep_assert_in_softirq();
	s.ns = ns;
	s.skb = skb;
	s.hook = hook;
	s.family = family;
	s.ahead = false;
	if (!parse(&s, &kind))
		return NF_STOLEN;
	if (unlikely(kind == IP_VS_PACKET_BROKEN))
		return ip_vs_step_is_ours(&s) ? ip_vs_step_drop(&s) : NF_ACCEPT;
	if (unlikely(kind == IP_VS_PACKET_ERROR ||
		     kind == IP_VS_PACKET_STRANGE_ERROR))
		return local_error(&s);
	if (kind != IP_VS_PACKET_PLAIN)
		return other(&s);
	c = look_up(&s, &dir);
	if (!c)
		return stranger(&s);
	return dir == IP_VS_DIR_SERVER ? from_server(&s, c)
				       : from_client(&s, c);
}

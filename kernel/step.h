/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_STEP_H
#define _IP_VS_STEP_H

/* One packet on its way through, and what may be done with it at any turn.
 *
 * All return a netfilter verdict; with NF_STOLEN the skb is gone. Context: as
 * flow.h.
 */

#include "nat.h"
#include "netns.h"
#include "packet.h"
#include "proto.h"

/* The parser fills it: kernels that zero the stack (CONFIG_INIT_STACK_ALL_ZERO)
 * need not do it here, for each packet.
 */
struct ip_vs_step {
	struct ip_vs_net *ns;
	struct sk_buff *skb;
	const struct ip_vs_proto *proto;
	unsigned int hook;
	u8 family;
	bool error;	/* an ICMP error about a packet of @p's connection */
	bool ahead;	/* FORWARD, but ip_forward() is still to come (input.h) */
	struct ip_vs_packet p;
};

static inline struct ip_vs_dest *ip_vs_step_dest(const struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = rcu_dereference(c->dest);

	return dest && ip_vs_dest_available(dest) ? dest : NULL;
}

static inline void ip_vs_step_track(struct ip_vs_step *s, struct ip_vs_conn *c,
				    enum ip_vs_dir dir)
{
	if (likely(!s->error))
		s->proto->track(c, dir, s->skb, s->p.transport,
				&s->ns->timeouts);
}

/* Packets of clients come to us, not by broadcast, not promiscuously seen, and
 * not while we only stand by.
 */
static inline bool ip_vs_step_is_ours(const struct ip_vs_step *s)
{
	const struct ip_vs_net *ns = s->ns;

	if (s->hook != NF_INET_LOCAL_OUT && s->skb->pkt_type != PACKET_HOST)
		return false;
	if (unlikely(!skb_dst(s->skb)))
		return false;
	return !(READ_ONCE(ns->backup) && READ_ONCE(ns->knobs.backup_only));
}

/* Of a connection that has a helper. */
bool ip_vs_step_help_now(struct ip_vs_step *s, struct ip_vs_conn *c,
			 enum ip_vs_dir dir);

/* Few connections have a helper; it may change the payload. False: drop. */
static inline bool ip_vs_step_help(struct ip_vs_step *s, struct ip_vs_conn *c,
				   enum ip_vs_dir dir)
{
	return likely(!c->helped) || ip_vs_step_help_now(s, c, dir);
}

/* A damaged error is not worth translating, nor counting. */
static inline bool ip_vs_step_sound(const struct ip_vs_step *s,
				    const struct ip_vs_conn *c)
{
	return ip_vs_conn_fwd(c) != IP_VS_CONN_F_MASQ ||
	       ip_vs_nat_error_sound(s->skb, &s->p);
}

/* On to the real server, the state being settled. Errors refresh nothing:
 * anybody can send them.
 */
unsigned int ip_vs_step_carry(struct ip_vs_step *s, struct ip_vs_conn *c);
/* The same, and settle it before. */
unsigned int ip_vs_step_forward(struct ip_vs_step *s, struct ip_vs_conn *c);
/* The packet ends here, and is counted so. */
unsigned int ip_vs_step_drop(struct ip_vs_step *s);
/* Tell the sender that nobody is here. */
unsigned int ip_vs_step_unreachable(struct ip_vs_step *s);

#endif

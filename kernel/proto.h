/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_PROTO_H
#define _IP_VS_PROTO_H

/* What the module knows of a transport protocol: when a packet may start a
 * connection, and the states a connection goes through.
 */

#include <linux/skbuff.h>

#include "conn.h"
#include "states.h"

#define IP_VS_STATES_MAX	14

/* A namespace's: jiffies in a state, and what else users set; READ_ONCE(). */
struct ip_vs_timeouts {
	u32 tcp[IP_VS_STATES_MAX];
	u32 udp[IP_VS_STATES_MAX];
	u32 sctp[IP_VS_STATES_MAX];
	bool secure_tcp;	/* the stricter states of TCP */
};

/* What a packet may do that belongs to no connection. */
enum ip_vs_first {
	IP_VS_FIRST_NO,		/* none of ours: leave it alone */
	IP_VS_FIRST_YES,	/* schedule it */
	IP_VS_FIRST_SLOPPY,	/* in the middle: only if the user says so */
	IP_VS_FIRST_BROKEN,	/* too short for its header: drop */
};

struct ip_vs_proto {
	u8 protocol;
	u8 num_states;
	const char *name;		/* as in /proc: TCP, UDP, SCTP */
	const char *const *state_names;
	const u16 *default_timeouts;	/* s, per state */
	size_t timeouts_offset;		/* in struct ip_vs_timeouts */

	/* @offset: of the transport header from skb->data. */
	enum ip_vs_first (*first)(const struct sk_buff *skb,
				  unsigned int offset);
	/* Is it a packet that opens (TCP SYN, SCTP INIT)? Asked for known connections,
	 * whose tuple a client may be using again. NULL: there are none such.
	 */
	bool (*opens)(const struct sk_buff *skb, unsigned int offset);
	/* Move @c on for a packet in direction @dir; takes c->lock only if
	 * something changes.
	 */
	void (*track)(struct ip_vs_conn *c, enum ip_vs_dir dir,
		      const struct sk_buff *skb, unsigned int offset,
		      const struct ip_vs_timeouts *timeouts);
	/* Does a connection in @state count as active? */
	bool (*active)(u8 state);
	/* Is it worth telling a backup in @state? */
	bool (*synced)(u8 state);
	/* May a client that opens again be given a new server in @state? */
	bool (*reusable)(u8 state);
	/* Has one side said its last in @state (TCP FIN_WAIT)? */
	bool (*closing)(u8 state);
};

extern const struct ip_vs_proto ip_vs_proto_tcp;
extern const struct ip_vs_proto ip_vs_proto_udp;
extern const struct ip_vs_proto ip_vs_proto_sctp;
extern const struct ip_vs_proto ip_vs_proto_ah;
extern const struct ip_vs_proto ip_vs_proto_esp;

/* NULL for a protocol that has no connections. */
const struct ip_vs_proto *ip_vs_proto_get(u8 protocol);
/* The same, but AH and ESP too: what packets may be of; most are of two. */
const struct ip_vs_proto *ip_vs_proto_of_other_packet(u8 protocol);

static inline const struct ip_vs_proto *ip_vs_proto_of_packet(u8 protocol)
{
	return likely(protocol == IPPROTO_TCP) ? &ip_vs_proto_tcp :
	       likely(protocol == IPPROTO_UDP) ? &ip_vs_proto_udp :
	       ip_vs_proto_of_other_packet(protocol);
}

/* "TCP", "UDP", "SCTP", "AH", "ESP", "IP", else "IP_" and the number; @buf holds 8 octets. */
const char *ip_vs_proto_name(u8 protocol, char *buf);
/* As /proc shows it, templates included. */
const char *ip_vs_conn_state_name(const struct ip_vs_conn *c);

static inline bool ip_vs_proto_opens(const struct ip_vs_proto *proto,
				     const struct sk_buff *skb,
				     unsigned int offset)
{
	return proto->opens && proto->opens(skb, offset);
}

/* Everything at its default. */
void ip_vs_timeouts_init(struct ip_vs_timeouts *timeouts);
u32 *ip_vs_timeouts_of(struct ip_vs_timeouts *timeouts,
		       const struct ip_vs_proto *proto);

/* Of a template. */
enum ip_vs_template_state {
	IP_VS_TEMPLATE_NONE,
	IP_VS_TEMPLATE_ASSURED,
};

/* A child of @c's template made it: the template outlives its last child. RCU
 * keeps the template; not under c->lock, because it takes the template's.
 */
static inline void ip_vs_conn_assure_control(struct ip_vs_conn *c)
{
	struct ip_vs_conn *parent = READ_ONCE(c->control);

	if (!parent || !ip_vs_conn_is_template(parent) ||
	    READ_ONCE(parent->state) == IP_VS_TEMPLATE_ASSURED)
		return;
	spin_lock_bh(&parent->lock);
	WRITE_ONCE(parent->state, IP_VS_TEMPLATE_ASSURED);
	spin_unlock_bh(&parent->lock);
}

#endif

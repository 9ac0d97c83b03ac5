/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_PERSIST_H
#define _IP_VS_PERSIST_H

/* Persistence: a template remembers which real server a client network was
 * given, and outlives the connections made from it.
 */

#include "conns.h"
#include "packet.h"
#include "svc.h"

/* Who asks. */
struct ip_vs_persist {
	struct ip_vs_conns *conns;
	struct ip_vs_svc *svc;
	const struct ip_vs_tuple *client;	/* as it sends */
	struct sk_buff *skb;		/* what an engine reads, */
	const struct ip_vs_packet *packet;	/* and its offsets; NULL: an
						 * error that tells nothing
						 */
	bool expire_quiescent;
};

/* The dest for a client's new packet, by template or by the scheduler (then a
 * template is made). *@template is to control the new connection; it may die
 * under RCU, see ip_vs_conn_control(). NULL: no server; ERR_PTR(-ENOMEM), or
 * (-EINVAL) where the engine does not understand the packet. RCU, BH disabled.
 */
struct ip_vs_dest *ip_vs_persist_pick(const struct ip_vs_persist *p,
				      struct ip_vs_conn **template);
/* The template that leads the client to @dest, which has begun to talk to it:
 * found or made. NULL without memory, or where the engine does not
 * understand. RCU, BH disabled.
 */
struct ip_vs_conn *ip_vs_persist_settle(const struct ip_vs_persist *p,
					struct ip_vs_dest *dest);

/* The scheduler's choice. RCU. */
struct ip_vs_dest *ip_vs_svc_pick(struct ip_vs_svc *svc,
				  const struct ip_vs_tuple *client);

/* IP_VS_CONN_F_* that what is bound to @dest begins with. */
static inline u32 ip_vs_dest_conn_flags(const struct ip_vs_dest *dest)
{
	u32 fwd = READ_ONCE(dest->cfg.fwd) & IP_VS_CONN_F_FWD_MASK;

	if (fwd != IP_VS_CONN_F_MASQ)
		fwd |= IP_VS_CONN_F_NOOUTPUT;
	return fwd | IP_VS_CONN_F_INACTIVE;
}

/* The port a connection of @svc has at @dest: the server's, or the client's choice
 * where it has none, where the service is persistent and takes any port, and for
 * FTP data.
 */
static inline __be16 ip_vs_dest_port(const struct ip_vs_svc *svc,
				     const struct ip_vs_dest *dest,
				     __be16 vport)
{
	if (svc->key.port ? svc->key.port != vport : ip_vs_svc_persistent(svc))
		return vport;
	return dest->port ?: vport;
}

#endif

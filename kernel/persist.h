/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_PERSIST_H
#define _IP_VS_PERSIST_H

/* Persistence: a template remembers which real server a client network was
 * given, and outlives the connections made from it.
 */

#include "conn.h"
#include "svc.h"

/* The dest for a client's new packet, by template or by the scheduler (then a
 * template is made). *@template is to control the new connection; it may die
 * under RCU, see ip_vs_conn_control(). NULL: no server; ERR_PTR(-ENOMEM). RCU,
 * BH disabled.
 */
struct ip_vs_dest *ip_vs_persist_pick(struct ip_vs_conns *conns,
				      struct ip_vs_svc *svc,
				      const struct ip_vs_tuple *client,
				      bool expire_quiescent,
				      struct ip_vs_conn **template);

/* The scheduler's choice. RCU. */
struct ip_vs_dest *ip_vs_svc_pick(struct ip_vs_svc *svc,
				  const struct ip_vs_tuple *client);

/* The port a connection of @svc has at @dest: its own, or the client's choice
 * where the service takes any.
 */
static inline __be16 ip_vs_dest_port(const struct ip_vs_svc *svc,
				     const struct ip_vs_dest *dest,
				     __be16 vport)
{
	return dest->port || (svc->key.port && !svc->key.fwmark) ? dest->port
								 : vport;
}

#endif

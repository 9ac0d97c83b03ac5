/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CONNS_WALK_H
#define _IP_VS_CONNS_WALK_H

/* Going through the connections of a table. */

#include "conns.h"

/* Walk the whole table (process context); @step under RCU, stops at false. A
 * connection inserted meanwhile may be missed, one moved by a resize may come
 * twice.
 */
void ip_vs_conns_walk(struct ip_vs_conns *conns,
		      bool (*step)(struct ip_vs_conn *c, void *arg), void *arg);

/* Look at one in @share of the table's buckets, beginning anywhere, with @step
 * under RCU, which may end the connection; what a resize has moved is missed.
 * Process context.
 */
void ip_vs_conns_sample(struct ip_vs_conns *conns, unsigned int share,
			void (*step)(struct ip_vs_conn *c, void *arg),
			void *arg);

/* Between rhashtable_walk_start() and _stop() of @conns->hash: each connection
 * once, NULL at the end.
 */
struct ip_vs_conn *ip_vs_conn_iter_next(struct rhashtable_iter *iter);

#endif

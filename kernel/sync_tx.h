/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_SYNC_TX_H
#define _IP_VS_SYNC_TX_H

/* The master daemon: decides which connections a backup must hear of, packs
 * them into messages, sends these from kernel threads.
 */

#include <net/net_namespace.h>

#include "conn.h"
#include "sync.h"

struct ip_vs_sync_tx;

/* Start the threads on interface cfg->ifname. @knobs and @counters live as long
 * as the namespace. Process context, under the control mutex; takes RTNL.
 * ERR_PTR: -ENODEV, -ENOMEM, -EINVAL or what the socket says.
 */
struct ip_vs_sync_tx *
ip_vs_sync_tx_start(struct net *net, const struct ip_vs_sync_config *cfg,
		    const struct ip_vs_sync_knobs *knobs,
		    struct ip_vs_sync_counters *counters, unsigned int threads);
/* What is queued is sent first. The caller has made sure that no CPU calls
 * ip_vs_sync_tx_conn() any more (pointer cleared, grace period over).
 */
void ip_vs_sync_tx_stop(struct ip_vs_sync_tx *tx);
/* As it runs, defaults filled in. */
const struct ip_vs_sync_config *
ip_vs_sync_tx_config(const struct ip_vs_sync_tx *tx);
unsigned int ip_vs_sync_tx_threads(const struct ip_vs_sync_tx *tx);

/* @c has seen its @pkts-th packet from the client (or changed state): send it,
 * and then the template that controls it, if it is time. RCU, BH disabled, no
 * lock of @c held.
 */
void ip_vs_sync_tx_conn(struct ip_vs_sync_tx *tx, struct ip_vs_conn *c,
			u32 pkts);
/* Send it at once, if it is of those that are sent at all. */
void ip_vs_sync_tx_now(struct ip_vs_sync_tx *tx, struct ip_vs_conn *c);

#endif

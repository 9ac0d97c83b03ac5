/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_SYNC_RX_H
#define _IP_VS_SYNC_RX_H

/* The backup daemon: receives messages in kernel threads, keeps the connection
 * table as the master has it.
 */

#include <net/net_namespace.h>

#include "app.h"
#include "conns.h"
#include "proto.h"
#include "svc.h"
#include "sync.h"

struct ip_vs_sync_rx;

/* The tables that a message changes. */
struct ip_vs_sync_target {
	struct net *net;
	struct ip_vs_conns *conns;
	struct ip_vs_svcs *svcs;
	struct ip_vs_timeouts *timeouts;
	const struct ip_vs_sync_knobs *knobs;
	struct ip_vs_apps *apps;
	const int *conntrack;		/* sysctl, READ_ONCE() */
	struct ip_vs_sync_counters *counters;
};

/* As ip_vs_sync_tx_start(). @target is copied; what it points at lives as long
 * as the namespace.
 */
struct ip_vs_sync_rx *
ip_vs_sync_rx_start(const struct ip_vs_sync_target *target,
		    const struct ip_vs_sync_config *cfg, unsigned int threads);
void ip_vs_sync_rx_stop(struct ip_vs_sync_rx *rx);
const struct ip_vs_sync_config *
ip_vs_sync_rx_config(const struct ip_vs_sync_rx *rx);
unsigned int ip_vs_sync_rx_threads(const struct ip_vs_sync_rx *rx);

/* One received datagram, changed in place by nobody. Process context or BH. */
void ip_vs_sync_rx_message(const struct ip_vs_sync_target *target, u32 syncid,
			   const u8 *data, size_t len);

#endif

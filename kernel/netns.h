/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_NETNS_H
#define _IP_VS_NETNS_H

/* A network namespace's whole state: the tables by value, what users tune, and
 * the daemons. Only the floors from flow upwards know it.
 */

#include <linux/mutex.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "app.h"
#include "conns.h"
#include "defense.h"
#include "dests.h"
#include "proto.h"
#include "svc.h"
#include "sync.h"
#include "waiting.h"

struct ip_vs_inputs;
struct ip_vs_sync_rx;
struct ip_vs_sync_tx;

/* sysctls of packets and connections; READ_ONCE() at use. */
struct ip_vs_knobs {
	int backup_only;
	int cache_bypass;
	int conn_reuse_mode;
	int conntrack;
	int expire_nodest_conn;
	int expire_quiescent_template;
	int ignore_tunneled;
	int nat_icmp_send;
	int pmtu_disc;
	int schedule_icmp;
	int sloppy_sctp;
	int sloppy_tcp;
	int snat_reroute;
};

struct ip_vs_net {
	struct net *net;
	struct ip_vs_conns conns;
	struct ip_vs_svcs svcs;
	struct ip_vs_dests dests;
	struct ip_vs_timeouts timeouts;
	struct ip_vs_knobs knobs;
	struct ip_vs_apps apps;
	struct ip_vs_defense defense;

	struct ip_vs_sync_knobs sync_knobs;
	struct ip_vs_sync_counters sync_counters;
	struct ip_vs_sync_tx __rcu *sync_tx;	/* NULL: no master daemon */
	struct ip_vs_sync_rx *sync_rx;		/* under @mutex; for packets: */
	bool backup;				/* is it running */

	/* One mutex for all control: services, dests, tallies, daemons. */
	struct mutex mutex;
	struct ip_vs_tally tally;		/* of the namespace's total */
	struct delayed_work rates;		/* ctl: while there are services */
	struct delayed_work trash;		/* ctl: while there is trash */
	struct work_struct nodest;		/* ctl: expire_nodest_conn */
	bool dying;				/* no service or daemon starts */
	unsigned int num_mixed;			/* ctl: dests of another family */
	struct ip_vs_hooks *hooks[2];		/* IPv4, IPv6 */
	struct work_struct review;		/* hook: where they are to be */
	bool short_way[2];			/* PRE_ROUTING, not FORWARD */
	struct ip_vs_waiting waiting[2];	/* for FORWARD */
	bool detour[2];				/* hook: FORWARD is needed */
	struct ip_vs_inputs __percpu *inputs;	/* once there was a service */
	struct ip_vs_addr_filter own;		/* IPv4 addresses of devices */
	unsigned int generation;		/* ctl: the last one given out */
	unsigned int svcs_generation;		/* of the list of services */
	struct ctl_table_header *sysctl_header;
	struct ctl_table *sysctl_table;
};

extern unsigned int ip_vs_net_id;

static inline struct ip_vs_net *ip_vs_net(const struct net *net)
{
	return net_generic(net, ip_vs_net_id);
}

/* pernet_operations of the tables: first in, last out. */
int ip_vs_netns_init(void);
void ip_vs_netns_exit(void);

#endif

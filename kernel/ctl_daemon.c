// SPDX-License-Identifier: GPL-2.0-only

/* The control plane's part on sync daemons and timeouts. */

#include <linux/module.h>
#include <linux/netdevice.h>

#include "ctl_parts.h"
#include "limits.h"
#include "proto.h"
#include "sync_rx.h"
#include "sync_tx.h"

static struct ip_vs_sync_tx *net_tx(struct ip_vs_net *ns)
{
	return rcu_dereference_protected(ns->sync_tx,
					 lockdep_is_held(&ns->mutex));
}

static bool device_exists(struct net *net, const char *name)
{
	bool found;

	rcu_read_lock();
	found = dev_get_by_name_rcu(net, name);
	rcu_read_unlock();
	return found;
}

static int daemon_check(struct ip_vs_net *ns,
			const struct ip_vs_sync_config *cfg,
			struct netlink_ext_ack *extack)
{
	if (cfg->group_family == AF_INET6 &&
	    !ipv6_addr_is_multicast(&cfg->group.in6)) {
		NL_SET_ERR_MSG(extack, "MCAST_GROUP6 is no multicast address");
		return -EINVAL;
	}
	if (cfg->group_family == AF_INET &&
	    !ipv4_is_multicast(cfg->group.ip)) {
		NL_SET_ERR_MSG(extack, "MCAST_GROUP is no multicast address");
		return -EINVAL;
	}
	if (cfg->syncid > 255) {
		NL_SET_ERR_MSG(extack, "SYNC_ID is above 255");
		return -EINVAL;
	}
	if (!device_exists(ns->net, cfg->ifname)) {
		NL_SET_ERR_MSG(extack,
			       "MCAST_IFN: there is no such network interface");
		return -ENODEV;
	}
	return 0;
}

static int role_check(struct ip_vs_net *ns, u32 state,
		      struct netlink_ext_ack *extack)
{
	if (state != IP_VS_STATE_MASTER && state != IP_VS_STATE_BACKUP) {
		NL_SET_ERR_MSG(extack, "STATE is neither master nor backup");
		return -EINVAL;
	}
	return 0;
}

static bool daemon_runs(struct ip_vs_net *ns, u32 state)
{
	return state == IP_VS_STATE_MASTER ? !!net_tx(ns) : !!ns->sync_rx;
}

/* Both daemons of a namespace have as many threads as the first that started.
 */
static unsigned int daemon_threads(struct ip_vs_net *ns)
{
	if (net_tx(ns))
		return ip_vs_sync_tx_threads(net_tx(ns));
	if (ns->sync_rx)
		return ip_vs_sync_rx_threads(ns->sync_rx);
	return clamp(READ_ONCE(ns->sync_knobs.ports), 1,
		     IP_VS_SYNC_THREADS_MAX);
}

static int master_start(struct ip_vs_net *ns,
			const struct ip_vs_sync_config *cfg)
{
	struct ip_vs_sync_tx *tx;

	tx = ip_vs_sync_tx_start(ns->net, cfg, &ns->sync_knobs,
				 &ns->sync_counters, daemon_threads(ns));
	if (IS_ERR(tx))
		return PTR_ERR(tx);
	rcu_assign_pointer(ns->sync_tx, tx);
	return 0;
}

static int backup_start(struct ip_vs_net *ns,
			const struct ip_vs_sync_config *cfg)
{
	const struct ip_vs_sync_target target = {
		.net = ns->net,
		.conns = &ns->conns,
		.svcs = &ns->svcs,
		.timeouts = &ns->timeouts,
		.knobs = &ns->sync_knobs,
		.apps = &ns->apps,
		.conntrack = &ns->knobs.conntrack,
		.counters = &ns->sync_counters,
	};
	struct ip_vs_sync_rx *rx;
	int err = ip_vs_conns_open(&ns->conns);

	if (err)
		return err;
	rx = ip_vs_sync_rx_start(&target, cfg, daemon_threads(ns));
	if (IS_ERR(rx))
		return PTR_ERR(rx);
	ns->sync_rx = rx;
	WRITE_ONCE(ns->backup, true);
	return 0;
}

static int daemon_start(struct ip_vs_net *ns, u32 state,
			const struct ip_vs_sync_config *cfg,
			struct netlink_ext_ack *extack)
{
	int err;

	if (ns->dying) {
		NL_SET_ERR_MSG(extack, "the network namespace is going away");
		return -ESHUTDOWN;
	}
	if (daemon_runs(ns, state)) {
		NL_SET_ERR_MSG(extack, "STATE: such a daemon runs already");
		return -EEXIST;
	}
	if (ns->num_mixed) {
		NL_SET_ERR_MSG(extack,
			       "a real server is of another family than its service");
		return -EINVAL;
	}
	err = state == IP_VS_STATE_MASTER ? master_start(ns, cfg)
					  : backup_start(ns, cfg);
	if (err == -ENODEV)
		NL_SET_ERR_MSG(extack,
			       "MCAST_IFN: there is no such network interface");
	else if (err)
		NL_SET_ERR_MSG(extack,
			       "DAEMON: its sockets or threads could not be set up");
	return err;
}

/* A daemon holds the module. */
int ip_vs_ctl_daemon_start(struct ip_vs_net *ns, u32 state,
			   const struct ip_vs_sync_config *cfg,
			   struct netlink_ext_ack *extack)
{
	int err = daemon_check(ns, cfg, extack) ?:
		  role_check(ns, state, extack);

	if (err)
		return err;
	if (!try_module_get(THIS_MODULE)) {
		NL_SET_ERR_MSG(extack, "the module is being unloaded");
		return -ENOPROTOOPT;
	}
	mutex_lock(&ns->mutex);
	err = daemon_start(ns, state, cfg, extack);
	mutex_unlock(&ns->mutex);
	if (err)
		module_put(THIS_MODULE);
	return err;
}

/* The pointer is taken under the mutex, so each daemon is stopped once; the
 * waiting is done without it.
 */
static bool master_stop(struct ip_vs_net *ns)
{
	struct ip_vs_sync_tx *tx;

	mutex_lock(&ns->mutex);
	tx = net_tx(ns);
	RCU_INIT_POINTER(ns->sync_tx, NULL);
	mutex_unlock(&ns->mutex);
	if (!tx)
		return false;
	synchronize_net();
	ip_vs_sync_tx_stop(tx);
	module_put(THIS_MODULE);
	return true;
}

static bool backup_stop(struct ip_vs_net *ns)
{
	struct ip_vs_sync_rx *rx;

	mutex_lock(&ns->mutex);
	rx = ns->sync_rx;
	ns->sync_rx = NULL;
	WRITE_ONCE(ns->backup, false);
	mutex_unlock(&ns->mutex);
	if (!rx)
		return false;
	ip_vs_sync_rx_stop(rx);
	module_put(THIS_MODULE);
	return true;
}

int ip_vs_ctl_daemon_stop(struct ip_vs_net *ns, u32 state,
			  struct netlink_ext_ack *extack)
{
	int err = role_check(ns, state, extack);

	if (err)
		return err;
	if (state == IP_VS_STATE_MASTER ? master_stop(ns) : backup_stop(ns))
		return 0;
	NL_SET_ERR_MSG(extack, "STATE: no such daemon runs");
	return -ESRCH;
}

void ip_vs_ctl_daemons_stop(struct ip_vs_net *ns)
{
	master_stop(ns);
	backup_stop(ns);
}

/* Timeouts. */

static int timeouts_check(const struct ip_vs_ctl_timeouts *t,
			  struct netlink_ext_ack *extack)
{
	if (t->tcp > IP_VS_CONN_TIMEOUT_MAX) {
		NL_SET_ERR_MSG(extack, "TIMEOUT_TCP is too long");
		return -EINVAL;
	}
	if (t->tcp_fin > IP_VS_CONN_TIMEOUT_MAX) {
		NL_SET_ERR_MSG(extack, "TIMEOUT_TCP_FIN is too long");
		return -EINVAL;
	}
	if (t->udp > IP_VS_CONN_TIMEOUT_MAX) {
		NL_SET_ERR_MSG(extack, "TIMEOUT_UDP is too long");
		return -EINVAL;
	}
	return 0;
}

static void timeout_set(u32 *to, u32 seconds)
{
	if (seconds)
		WRITE_ONCE(*to, seconds * HZ);
}

int ip_vs_ctl_timeouts_set(struct ip_vs_net *ns,
			   const struct ip_vs_ctl_timeouts *t,
			   struct netlink_ext_ack *extack)
{
	u32 *tcp = ip_vs_timeouts_of(&ns->timeouts, &ip_vs_proto_tcp);
	u32 *udp = ip_vs_timeouts_of(&ns->timeouts, &ip_vs_proto_udp);
	int err = timeouts_check(t, extack);

	if (err)
		return err;
	mutex_lock(&ns->mutex);
	timeout_set(&tcp[IP_VS_TCP_ESTABLISHED], t->tcp);
	timeout_set(&tcp[IP_VS_TCP_FIN_WAIT], t->tcp_fin);
	timeout_set(&udp[0], t->udp);
	mutex_unlock(&ns->mutex);
	return 0;
}

void ip_vs_ctl_timeouts_get(struct ip_vs_net *ns, struct ip_vs_ctl_timeouts *t)
{
	u32 *tcp = ip_vs_timeouts_of(&ns->timeouts, &ip_vs_proto_tcp);
	u32 *udp = ip_vs_timeouts_of(&ns->timeouts, &ip_vs_proto_udp);

	mutex_lock(&ns->mutex);
	t->tcp = tcp[IP_VS_TCP_ESTABLISHED] / HZ;
	t->tcp_fin = tcp[IP_VS_TCP_FIN_WAIT] / HZ;
	t->udp = udp[0] / HZ;
	mutex_unlock(&ns->mutex);
}

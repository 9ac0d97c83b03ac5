// SPDX-License-Identifier: GPL-2.0-only
#include "sysctl.h"

#include <linux/log2.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sysctl.h>
#include <linux/user_namespace.h>

#include "limits.h"
#include "netns.h"
#include "nfct.h"

/* Handlers that judge the value before anybody sees it. */

static int write_ports(struct ctl_table *table, int write, void *buffer,
		       size_t *lenp, loff_t *ppos)
{
	int *ports = table->data;
	int val = READ_ONCE(*ports);
	struct ctl_table copy = { .data = &val, .maxlen = sizeof(val) };
	int err = proc_dointvec(&copy, write, buffer, lenp, ppos);

	if (err || !write)
		return err;
	if (val < 1 || !is_power_of_2(val))
		return -EINVAL;
	WRITE_ONCE(*ports, val);
	return 0;
}

/* "threshold period"; they stand in this order in ip_vs_sync_knobs. */
static int write_threshold(struct ctl_table *table, int write, void *buffer,
			   size_t *lenp, loff_t *ppos)
{
	struct ip_vs_sync_knobs *knobs = table->data;
	int val[2] = {
		READ_ONCE(knobs->threshold), READ_ONCE(knobs->period)
	};
	struct ctl_table copy = { .data = val, .maxlen = sizeof(val) };
	int err = proc_dointvec(&copy, write, buffer, lenp, ppos);

	if (err || !write)
		return err;
	if (val[0] < 0 || val[1] < 0 || (val[1] && val[0] >= val[1]))
		return -EINVAL;
	WRITE_ONCE(knobs->threshold, val[0]);
	WRITE_ONCE(knobs->period, val[1]);
	return 0;
}

/* Seconds outside, jiffies inside. */
static int write_seconds(struct ctl_table *table, int write, void *buffer,
			 size_t *lenp, loff_t *ppos)
{
	unsigned int *period = table->data;
	int val = READ_ONCE(*period);
	struct ctl_table copy = { .data = &val, .maxlen = sizeof(val) };
	int err = proc_dointvec_jiffies(&copy, write, buffer, lenp, ppos);

	if (err || !write)
		return err;
	if (val < 0)
		return -EINVAL;
	WRITE_ONCE(*period, val);
	return 0;
}

/* Whoever unloads us, or ends the namespace (a file may be open longer than it
 * lives), would wait for this call, and modprobe for him.
 */
static int load_nfct(struct net *net)
{
	int err = -ENODEV;

	if (!try_module_get(THIS_MODULE))
		return err;
	if (maybe_get_net(net)) {
		err = ip_vs_nfct_load();
		put_net(net);
	}
	module_put(THIS_MODULE);
	if (err == -EOPNOTSUPP)
		pr_warn_ratelimited(IP_VS_LOG
				    "conntrack: there is no module ip_vs_nfct of this version\n");
	return err;
}

/* Who switches it on needs conntrack, and nobody before. */
static int write_conntrack(struct ctl_table *table, int write, void *buffer,
			   size_t *lenp, loff_t *ppos)
{
	int *conntrack = table->data;
	struct ip_vs_net *ns = container_of(conntrack, struct ip_vs_net,
					    knobs.conntrack);
	int val = READ_ONCE(*conntrack);
	struct ctl_table copy = { .data = &val, .maxlen = sizeof(val) };
	int err = proc_dointvec(&copy, write, buffer, lenp, ppos);

	if (err || !write)
		return err;
	err = val ? load_nfct(ns->net) : 0;
	if (!err)
		WRITE_ONCE(*conntrack, val);
	return err;
}

static const int max_retries = IP_VS_SYNC_RETRIES_MAX;
static const int max_mode = 3;

static int write_mode(struct ctl_table *table, int write, void *buffer,
		      size_t *lenp, loff_t *ppos)
{
	struct ctl_table copy = *table;
	int err;

	copy.extra1 = SYSCTL_ZERO;
	copy.extra2 = (void *)&max_mode;
	err = proc_dointvec_minmax(&copy, write, buffer, lenp, ppos);
	if (!err && write)
		ip_vs_defense_changed(table->extra1);
	return err;
}

/* .data is the offset in struct ip_vs_net until a namespace gets its copy. */
#define KNOB(name, field, handler) {					\
	.procname = name,						\
	.data = (void *)offsetof(struct ip_vs_net, field),		\
	.maxlen = sizeof_field(struct ip_vs_net, field),		\
	.mode = 0644,							\
	.proc_handler = handler,					\
}

#define KNOB_RANGE(name, field, min, max) {				\
	.procname = name,						\
	.data = (void *)offsetof(struct ip_vs_net, field),		\
	.maxlen = sizeof_field(struct ip_vs_net, field),		\
	.mode = 0644,							\
	.proc_handler = proc_dointvec_minmax,				\
	.extra1 = min,							\
	.extra2 = max,							\
}

/* The first SHARED ones take memory and threads that are not the namespace's: in
 * one that an unprivileged user owns they are read-only.
 */
#define SHARED	3

static const struct ctl_table knobs[] = {
	KNOB("sync_qlen_max", sync_knobs.qlen_max, proc_doulongvec_minmax),
	KNOB("sync_sock_size", sync_knobs.sock_size, proc_dointvec),
	KNOB("sync_ports", sync_knobs.ports, write_ports),
	KNOB("amemthresh", defense.amemthresh, proc_dointvec),
	KNOB("am_droprate", defense.am_droprate, proc_dointvec),
	KNOB("backup_only", knobs.backup_only, proc_dointvec),
	KNOB("cache_bypass", knobs.cache_bypass, proc_dointvec),
	KNOB("conn_reuse_mode", knobs.conn_reuse_mode, proc_dointvec),
	KNOB("conntrack", knobs.conntrack, write_conntrack),
	KNOB("drop_entry", defense.drop_entry, write_mode),
	KNOB("drop_packet", defense.drop_packet, write_mode),
	KNOB("expire_nodest_conn", knobs.expire_nodest_conn, proc_dointvec),
	KNOB("expire_quiescent_template", knobs.expire_quiescent_template,
	     proc_dointvec),
	KNOB("ignore_tunneled", knobs.ignore_tunneled, proc_dointvec),
	KNOB("nat_icmp_send", knobs.nat_icmp_send, proc_dointvec),
	KNOB("pmtu_disc", knobs.pmtu_disc, proc_dointvec),
	KNOB("schedule_icmp", knobs.schedule_icmp, proc_dointvec),
	KNOB("secure_tcp", defense.secure_tcp, write_mode),
	KNOB("sloppy_sctp", knobs.sloppy_sctp, proc_dointvec),
	KNOB("sloppy_tcp", knobs.sloppy_tcp, proc_dointvec),
	KNOB("snat_reroute", knobs.snat_reroute, proc_dointvec),
	KNOB_RANGE("sync_version", sync_knobs.version,
		   SYSCTL_ZERO, SYSCTL_ONE),
	KNOB("sync_persist_mode", sync_knobs.persist_mode, proc_dointvec),
	KNOB("sync_threshold", sync_knobs, write_threshold),
	KNOB("sync_refresh_period", sync_knobs.refresh, write_seconds),
	KNOB_RANGE("sync_retries", sync_knobs.retries,
		   SYSCTL_ZERO, (void *)&max_retries),
};

static int __net_init sysctl_net_init(struct net *net)
{
	struct ip_vs_net *ns = ip_vs_net(net);
	struct ctl_table *table;
	size_t i;

	/* one empty entry behind, see the shim of register_net_sysctl_sz() */
	table = kcalloc(ARRAY_SIZE(knobs) + 1, sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	memcpy(table, knobs, sizeof(knobs));
	for (i = 0; i < ARRAY_SIZE(knobs); i++) {
		table[i].data = (void *)ns + (size_t)knobs[i].data;
		if (knobs[i].proc_handler == write_mode)
			table[i].extra1 = &ns->defense;
		if (i < SHARED && net->user_ns != &init_user_ns)
			table[i].mode = 0444;
	}
	ns->sysctl_header = register_net_sysctl_sz(net, "net/ipv4/vs", table,
						   ARRAY_SIZE(knobs));
	if (!ns->sysctl_header) {
		kfree(table);
		return -ENOMEM;
	}
	ns->sysctl_table = table;
	return 0;
}

static void __net_exit sysctl_net_exit(struct net *net)
{
	struct ip_vs_net *ns = ip_vs_net(net);

	unregister_net_sysctl_table(ns->sysctl_header);
	kfree(ns->sysctl_table);
	ip_vs_defense_exit(&ns->defense);
}

static struct pernet_operations sysctl_net_ops = {
	.init = sysctl_net_init,
	.exit = sysctl_net_exit,
};

int ip_vs_sysctl_init(void)
{
	return register_pernet_subsys(&sysctl_net_ops);
}

void ip_vs_sysctl_exit(void)
{
	unregister_pernet_subsys(&sysctl_net_ops);
}

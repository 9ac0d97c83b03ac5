// SPDX-License-Identifier: GPL-2.0-only

/* The control plane's life in a namespace. */

#include "ctl_parts.h"

static int __net_init ctl_net_init(struct net *net)
{
	struct ip_vs_net *ns = ip_vs_net(net);

	ns->svcs_generation = ++ns->generation;
	ip_vs_ctl_dests_init(ns);
	ip_vs_ctl_svcs_init(ns);
	return 0;
}

/* Before the namespace's devices and protocols go, so that neither sockets nor
 * routes of ours hold them up; a grace period follows, after which no packet is
 * in our hands.
 */
static void __net_exit ctl_net_pre_exit(struct net *net)
{
	struct ip_vs_net *ns = ip_vs_net(net);

	mutex_lock(&ns->mutex);
	ns->dying = true;
	mutex_unlock(&ns->mutex);
	ip_vs_ctl_daemons_stop(ns);
	ip_vs_ctl_flush(ns);
}

static void __net_exit ctl_net_exit(struct net *net)
{
	struct ip_vs_net *ns = ip_vs_net(net);

	ip_vs_ctl_svcs_exit(ns);
	ip_vs_ctl_dests_exit(ns);
}

static struct pernet_operations ctl_net_ops = {
	.init = ctl_net_init,
	.pre_exit = ctl_net_pre_exit,
	.exit = ctl_net_exit,
};

int ip_vs_ctl_init(void)
{
	return register_pernet_subsys(&ctl_net_ops);
}

void ip_vs_ctl_exit(void)
{
	unregister_pernet_subsys(&ctl_net_ops);
}

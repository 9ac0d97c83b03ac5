// SPDX-License-Identifier: GPL-2.0-only
#include "netns.h"

#include <linux/inetdevice.h>
#include <linux/netdevice.h>
#include <linux/swap.h>

#include "flow.h"
#include "input.h"
#include "limits.h"
#include "nfct.h"

unsigned int ip_vs_net_id __read_mostly;

static void knobs_init(struct ip_vs_net *ns)
{
	ns->knobs.conn_reuse_mode = 1;
	ns->knobs.pmtu_disc = 1;
	ns->knobs.snat_reroute = 1;
	ns->sync_knobs.version = 1;
	ns->sync_knobs.ports = 1;
	ns->sync_knobs.threshold = IP_VS_SYNC_THRESHOLD;
	ns->sync_knobs.period = IP_VS_SYNC_PERIOD;
	ns->sync_knobs.qlen_max = nr_free_buffer_pages() / 32;
}

/* Conntrack's tables may be gone once the namespace is dying. */
static void forget(struct ip_vs_conns *conns, struct ip_vs_conn *c)
{
	struct ip_vs_net *ns = container_of(conns, struct ip_vs_net, conns);

	if (!READ_ONCE(ns->dying))
		ip_vs_nfct_forget(ns->net, c);
}

static int __net_init netns_init(struct net *net)
{
	struct ip_vs_net *ns = ip_vs_net(net);
	int err;

	ns->net = net;
	mutex_init(&ns->mutex);
	knobs_init(ns);
	ip_vs_timeouts_init(&ns->timeouts);
	ip_vs_defense_init(&ns->defense);
	ip_vs_waiting_init(&ns->waiting[0]);
	ip_vs_waiting_init(&ns->waiting[1]);
	err = ip_vs_dests_init(&ns->dests);
	if (err)
		return err;
	err = ip_vs_svcs_init(&ns->svcs, net);
	if (err)
		goto exit_dests;
	ip_vs_conns_init(&ns->conns);
	ns->conns.lingers = ip_vs_flow_lingers;
	ns->conns.leaves = forget;
	return 0;

exit_dests:
	ip_vs_dests_exit(&ns->dests);
	return err;
}

/* Hooks, services and daemons are gone: connections go, then the dests they
 * pointed at.
 */
static void __net_exit netns_exit(struct net *net)
{
	struct ip_vs_net *ns = ip_vs_net(net);

	ip_vs_inputs_exit(ns);
	ip_vs_conns_exit(&ns->conns);
	ip_vs_dests_trash_scan(&ns->dests, true);
	ip_vs_svcs_exit(&ns->svcs);
	ip_vs_dests_exit(&ns->dests);
}

static struct pernet_operations netns_ops = {
	.init = netns_init,
	.exit = netns_exit,
	.id = &ip_vs_net_id,
	.size = sizeof(struct ip_vs_net),
};

static int device_event(struct notifier_block *nb, unsigned long event,
			void *info)
{
	struct ip_vs_net *ns;

	if (event != NETDEV_DOWN && event != NETDEV_UNREGISTER)
		return NOTIFY_DONE;
	ns = ip_vs_net(dev_net(netdev_notifier_info_to_dev(info)));
	ip_vs_dests_forget_routes(&ns->dests);
	ip_vs_inputs_forget(ns);
	if (event == NETDEV_UNREGISTER) {
		ip_vs_waiting_drop(&ns->waiting[0]);
		ip_vs_waiting_drop(&ns->waiting[1]);
	}
	return NOTIFY_DONE;
}

static struct notifier_block device_notifier = {
	.notifier_call = device_event,
};

static int address_event(struct notifier_block *nb, unsigned long event,
			 void *info)
{
	const struct in_ifaddr *ifa = info;
	struct ip_vs_net *ns = ip_vs_net(dev_net(ifa->ifa_dev->dev));

	if (event == NETDEV_UP)
		ip_vs_addr_filter_add(&ns->own, AF_INET,
				      (const void *)&ifa->ifa_local);
	return NOTIFY_DONE;
}

static struct notifier_block address_notifier = {
	.notifier_call = address_event,
};

int ip_vs_netns_init(void)
{
	int err = register_pernet_subsys(&netns_ops);

	if (err)
		return err;
	err = register_netdevice_notifier(&device_notifier);
	if (err)
		goto unregister_pernet;
	err = register_inetaddr_notifier(&address_notifier);
	if (err)
		goto unregister_device;
	return 0;

unregister_device:
	unregister_netdevice_notifier(&device_notifier);
unregister_pernet:
	unregister_pernet_subsys(&netns_ops);
	return err;
}

void ip_vs_netns_exit(void)
{
	unregister_inetaddr_notifier(&address_notifier);
	unregister_netdevice_notifier(&device_notifier);
	unregister_pernet_subsys(&netns_ops);
}

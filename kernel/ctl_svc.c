// SPDX-License-Identifier: GPL-2.0-only

/* The control plane's part on virtual services, and on the counters. */

#include <linux/kmod.h>
#include <linux/module.h>
#include <linux/rculist.h>
#include <net/netfilter/ipv6/nf_defrag_ipv6.h>

#include "ctl_parts.h"
#include "hook.h"
#include "limits.h"

static int svc_config_check(const struct ip_vs_svc_key *key,
			    const struct ip_vs_svc_config *cfg,
			    struct netlink_ext_ack *extack)
{
	u32 prefix = (__force u32)cfg->netmask;

	if (key->family == AF_INET6 && (prefix < 1 || prefix > 128)) {
		NL_SET_ERR_MSG(extack,
			       "NETMASK is no IPv6 prefix length of 1 to 128");
		return -EINVAL;
	}
	if (cfg->timeout > IP_VS_CONN_TIMEOUT_MAX) {
		NL_SET_ERR_MSG(extack, "TIMEOUT is too long");
		return -EINVAL;
	}
	return 0;
}

static int svc_key_check(const struct ip_vs_svc_key *key,
			 struct netlink_ext_ack *extack)
{
	if (!key->fwmark && key->protocol != IPPROTO_TCP &&
	    key->protocol != IPPROTO_UDP && key->protocol != IPPROTO_SCTP) {
		NL_SET_ERR_MSG(extack,
			       "PROTOCOL: services are of TCP, UDP or SCTP");
		return -EPROTONOSUPPORT;
	}
	return 0;
}

/* What a service works with, each holding its module; NULL: it has none. */
struct plugins {
	const struct ip_vs_scheduler *sched;
	const struct ip_vs_pe *pe;
};

static void plugins_put(const struct plugins *with)
{
	ip_vs_sched_put(with->sched);
	ip_vs_pe_put(with->pe);
}

static int sched_load(const char *name, const struct ip_vs_scheduler **sched,
		      struct netlink_ext_ack *extack)
{
	int err = 0;

	*sched = NULL;
	if (!strcmp(name, "none"))
		return 0;
	*sched = ip_vs_sched_get(name);
	if (!*sched) {
		err = request_module("ip_vs_%s", name);
		*sched = ip_vs_sched_get(name);
	}
	if (*sched)
		return 0;
	if (err == -ENOMEM)
		return err;
	NL_SET_ERR_MSG(extack,
		       "SCHED_NAME: scheduler not found: no module ip_vs_NAME");
	return -ENOENT;
}

static int pe_load(const char *name, const struct ip_vs_pe **pe,
		   struct netlink_ext_ack *extack)
{
	int err = 0;

	*pe = NULL;
	if (!*name)
		return 0;
	*pe = ip_vs_pe_get(name);
	if (!*pe) {
		err = request_module("ip_vs_pe_%s", name);
		*pe = ip_vs_pe_get(name);
	}
	if (*pe)
		return 0;
	if (err == -ENOMEM)
		return err;
	NL_SET_ERR_MSG(extack,
		       "PE_NAME: persistence engine not found: no module ip_vs_pe_NAME");
	return -ENOENT;
}

/* Without the mutex: may load modules. */
static int plugins_load(const struct ip_vs_svc_config *cfg,
			struct plugins *with, struct netlink_ext_ack *extack)
{
	int err = sched_load(cfg->sched_name, &with->sched, extack);

	if (err)
		return err;
	err = pe_load(cfg->pe_name, &with->pe, extack);
	if (err)
		ip_vs_sched_put(with->sched);
	return err;
}

static bool svc_exists(struct ip_vs_net *ns, const struct ip_vs_svc_key *key)
{
	bool found;

	rcu_read_lock();
	found = ip_vs_svcs_find(&ns->svcs, key);
	rcu_read_unlock();
	return found;
}

static unsigned int svcs_of_family(struct ip_vs_net *ns, u8 family)
{
	return ns->svcs.num_family[family != AF_INET];
}

static void svc_configure(struct ip_vs_svc *svc,
			  const struct ip_vs_svc_config *cfg)
{
	u32 flags = (svc->flags & ~cfg->flags_mask) |
		    (cfg->flags & cfg->flags_mask) | IP_VS_SVC_F_HASHED;

	WRITE_ONCE(svc->timeout, cfg->timeout * HZ);
	WRITE_ONCE(svc->netmask, cfg->netmask);
	WRITE_ONCE(svc->flags, flags);
}

static void svc_talkative(struct ip_vs_net *ns, const struct ip_vs_pe *pe,
			  int n)
{
	if (pe && pe->out_protocol)
		WRITE_ONCE(ns->svcs.num_talkative, ns->svcs.num_talkative + n);
}

/* Consumes the reference on @pe, which may be NULL. */
static void svc_set_pe(struct ip_vs_net *ns, struct ip_vs_svc *svc,
		       const struct ip_vs_pe *pe)
{
	const struct ip_vs_pe *old;

	old = rcu_replace_pointer(svc->pe, pe, lockdep_is_held(&ns->mutex));
	svc_talkative(ns, pe, 1);
	svc_talkative(ns, old, -1);
	ip_vs_pe_put(old);
}

/* What is left of a service that is in no table (any more). */
static void svc_unbind(struct ip_vs_net *ns, struct ip_vs_svc *svc)
{
	struct ip_vs_pool *pool;

	pool = rcu_dereference_protected(svc->pool,
					 lockdep_is_held(&ns->mutex));
	RCU_INIT_POINTER(svc->pool, NULL);
	ip_vs_pool_free(pool);
	ip_vs_sched_put(svc->sched);
	svc->sched = NULL;
	svc_set_pe(ns, svc, NULL);
}

/* Who marks IPv6 packets by their ports sees them whole, before our hooks do. */
static bool wants_whole(const struct ip_vs_svc_key *key)
{
	return key->fwmark && key->family == AF_INET6;
}

/* Before a service joins the others, */
static int hooks_hold(struct ip_vs_net *ns, const struct ip_vs_svc_key *key)
{
	int err = wants_whole(key) ? nf_defrag_ipv6_enable(ns->net) : 0;

	if (err || svcs_of_family(ns, key->family))
		return err;
	err = ip_vs_hooks_register(ns, key->family);
	if (err && wants_whole(key))
		nf_defrag_ipv6_disable(ns->net);
	return err;
}

/* and once it has left them. */
static void hooks_release(struct ip_vs_net *ns,
			  const struct ip_vs_svc_key *key)
{
	if (!svcs_of_family(ns, key->family))
		ip_vs_hooks_unregister(ns, key->family);
	if (wants_whole(key))
		nf_defrag_ipv6_disable(ns->net);
}

static int svc_publish(struct ip_vs_net *ns, struct ip_vs_svc *svc,
		       struct netlink_ext_ack *extack)
{
	int err;

	err = ip_vs_ctl_pool_renew(ns, svc, svc->sched, extack) ?:
	      ip_vs_conns_open(&ns->conns);
	if (err)
		return err;
	err = hooks_hold(ns, &svc->key);
	if (err) {
		NL_SET_ERR_MSG(extack, "the hooks could not be registered");
		return err;
	}
	svc->generation = ++ns->generation;
	if (!svc->key.fwmark)
		ip_vs_addr_filter_add(&ns->conns.vaddrs, svc->key.family,
				      &svc->key.addr);
	err = ip_vs_svcs_insert(&ns->svcs, svc);
	if (err)
		hooks_release(ns, &svc->key);
	if (err == -EEXIST)
		NL_SET_ERR_MSG(extack, "SERVICE exists already");
	return err;
}

/* Consumes the references of @with. */
static int svc_add(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		   const struct ip_vs_svc_config *cfg,
		   const struct plugins *with, struct netlink_ext_ack *extack)
{
	struct ip_vs_svc *svc = NULL;
	int err;

	if (ns->dying)
		NL_SET_ERR_MSG(extack, "the network namespace is going away");
	else
		svc = ip_vs_svc_new(key);
	if (!svc) {
		plugins_put(with);
		return ns->dying ? -ESHUTDOWN : -ENOMEM;
	}
	svc->sched = with->sched;
	svc_set_pe(ns, svc, with->pe);
	svc_configure(svc, cfg);
	err = svc_publish(ns, svc, extack);
	if (err) {
		svc_unbind(ns, svc);
		ip_vs_svc_drop(svc);
		return err;
	}
	ns->svcs_generation = svc->generation;
	queue_delayed_work(system_unbound_wq, &ns->rates,
			   IP_VS_RATE_PERIOD * HZ);
	return 0;
}

/* A service holds the module. */
int ip_vs_ctl_svc_add(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		      const struct ip_vs_svc_config *cfg,
		      struct netlink_ext_ack *extack)
{
	struct plugins with;
	int err;

	err = svc_key_check(key, extack) ?: svc_config_check(key, cfg, extack);
	if (err)
		return err;
	if (svc_exists(ns, key)) {
		NL_SET_ERR_MSG(extack, "SERVICE exists already");
		return -EEXIST;
	}
	if (!try_module_get(THIS_MODULE)) {
		NL_SET_ERR_MSG(extack, "the module is being unloaded");
		return -ENOPROTOOPT;
	}
	err = plugins_load(cfg, &with, extack);
	if (!err) {
		mutex_lock(&ns->mutex);
		err = svc_add(ns, key, cfg, &with, extack);
		mutex_unlock(&ns->mutex);
	}
	if (err)
		module_put(THIS_MODULE);
	return err;
}

/* Consumes the references of @with. */
static int svc_edit(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		    const struct ip_vs_svc_config *cfg,
		    const struct plugins *with, struct netlink_ext_ack *extack)
{
	struct ip_vs_svc *svc = ip_vs_ctl_svc_find(ns, key, extack);
	int err = -ESRCH;

	if (svc)
		err = svc->sched == with->sched ? 0 :
			ip_vs_ctl_pool_renew(ns, svc, with->sched, extack);
	if (err) {
		plugins_put(with);
		return err;
	}
	ip_vs_sched_put(svc->sched);
	svc->sched = with->sched;
	svc_set_pe(ns, svc, with->pe);
	svc_configure(svc, cfg);
	return 0;
}

int ip_vs_ctl_svc_edit(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		       const struct ip_vs_svc_config *cfg,
		       struct netlink_ext_ack *extack)
{
	struct plugins with;
	int err;

	if (!svc_exists(ns, key)) {
		NL_SET_ERR_MSG(extack, "SERVICE: there is no such service");
		return -ESRCH;
	}
	err = svc_config_check(key, cfg, extack) ?:
	      plugins_load(cfg, &with, extack);
	if (err)
		return err;
	mutex_lock(&ns->mutex);
	err = svc_edit(ns, key, cfg, &with, extack);
	mutex_unlock(&ns->mutex);
	return err;
}

static void svc_remove(struct ip_vs_net *ns, struct ip_vs_svc *svc)
{
	struct ip_vs_svc_key key = svc->key;

	ip_vs_ctl_dests_remove(ns, svc);
	svc_unbind(ns, svc);
	ip_vs_svcs_remove(&ns->svcs, svc);
	ns->svcs_generation = ++ns->generation;
	hooks_release(ns, &key);
	module_put(THIS_MODULE);
}

int ip_vs_ctl_svc_del(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		      struct netlink_ext_ack *extack)
{
	struct ip_vs_svc *svc;

	mutex_lock(&ns->mutex);
	svc = ip_vs_ctl_svc_find(ns, key, extack);
	if (svc) {
		svc_remove(ns, svc);
		ip_vs_ctl_dests_forget(ns, svc);
	}
	mutex_unlock(&ns->mutex);
	return svc ? 0 : -ESRCH;
}

int ip_vs_ctl_flush(struct ip_vs_net *ns)
{
	struct ip_vs_svc *svc, *next;

	mutex_lock(&ns->mutex);
	list_for_each_entry_safe(svc, next, &ns->svcs.all, in_all) {
		svc_remove(ns, svc);
		cond_resched();
	}
	ip_vs_ctl_dests_forget(ns, NULL);
	mutex_unlock(&ns->mutex);
	return 0;
}

/* Counters. */

/* Those in the trash are zeroed as well: they may come back. */
static void svc_zero(struct ip_vs_net *ns, struct ip_vs_svc *svc)
{
	struct ip_vs_counters raw = {};
	struct ip_vs_dest *dest;

	ip_vs_svc_counters(svc, &raw);
	ip_vs_tally_zero(&svc->tally, &raw);
	list_for_each_entry(dest, &ns->dests.all, in_all) {
		if (dest->svc == svc)
			ip_vs_ctl_dest_zero(dest);
	}
}

static void zero_all(struct ip_vs_net *ns)
{
	struct ip_vs_counters raw = {};
	struct ip_vs_dest *dest;
	struct ip_vs_svc *svc;

	list_for_each_entry(dest, &ns->dests.all, in_all)
		ip_vs_ctl_dest_zero(dest);
	list_for_each_entry(svc, &ns->svcs.all, in_all) {
		struct ip_vs_counters sum = {};

		ip_vs_svc_counters(svc, &sum);
		ip_vs_tally_zero(&svc->tally, &sum);
	}
	ip_vs_dests_total(&ns->dests, &raw);
	ip_vs_tally_zero(&ns->tally, &raw);
}

int ip_vs_ctl_zero(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		   struct netlink_ext_ack *extack)
{
	struct ip_vs_svc *svc = NULL;
	int err = 0;

	mutex_lock(&ns->mutex);
	if (key)
		svc = ip_vs_ctl_svc_find(ns, key, extack);
	if (svc)
		svc_zero(ns, svc);
	else if (key)
		err = -ESRCH;
	else
		zero_all(ns);
	mutex_unlock(&ns->mutex);
	return err;
}

/* Rates. */

static void svc_rates(struct ip_vs_svc *svc)
{
	struct ip_vs_counters sum = svc->left;
	struct ip_vs_dest *dest;

	list_for_each_entry(dest, &svc->dests, in_svc) {
		struct ip_vs_counters raw = {};

		ip_vs_stats_read(&raw, dest->stats);
		ip_vs_tally_step(&dest->tally, &raw);
		ip_vs_counters_add(&sum, &raw);
	}
	ip_vs_tally_step(&svc->tally, &sum);
}

/* Goes on after the last service until the totals read 0. */
static void rates_work(struct work_struct *work)
{
	struct ip_vs_net *ns = container_of(to_delayed_work(work),
					    struct ip_vs_net, rates);
	struct ip_vs_counters total = {};
	struct ip_vs_svc *svc;

	mutex_lock(&ns->mutex);
	ip_vs_hooks_review(ns);
	list_for_each_entry(svc, &ns->svcs.all, in_all) {
		svc_rates(svc);
		cond_resched();
	}
	ip_vs_dests_total(&ns->dests, &total);
	ip_vs_tally_step(&ns->tally, &total);
	if (!ns->dying &&
	    (ns->svcs.num ||
	     memchr_inv(&ns->tally.avg, 0, sizeof(ns->tally.avg))))
		queue_delayed_work(system_unbound_wq, &ns->rates,
				   IP_VS_RATE_PERIOD * HZ);
	mutex_unlock(&ns->mutex);
}

void ip_vs_ctl_svcs_init(struct ip_vs_net *ns)
{
	ip_vs_hooks_init(ns);
	INIT_DELAYED_WORK(&ns->rates, rates_work);
}

void ip_vs_ctl_svcs_exit(struct ip_vs_net *ns)
{
	cancel_delayed_work_sync(&ns->rates);
	ip_vs_hooks_exit(ns);
}

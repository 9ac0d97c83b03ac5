// SPDX-License-Identifier: GPL-2.0-only

/* The control plane's part on real servers. */

#include <linux/jiffies.h>
#include <linux/rculist.h>

#include "conns_walk.h"
#include "ctl_parts.h"
#include "limits.h"
#include "route.h"

/* @cfg is NULL when the dest shall go. */
struct dest_request {
	const struct ip_vs_svc_key *key;
	const struct ip_vs_dest_id *id;
	const struct ip_vs_dest_config *cfg;
	struct netlink_ext_ack *extack;
};

struct ip_vs_svc *ip_vs_ctl_svc_find(struct ip_vs_net *ns,
				     const struct ip_vs_svc_key *key,
				     struct netlink_ext_ack *extack)
{
	struct ip_vs_svc *svc = ip_vs_svcs_find(&ns->svcs, key);

	if (!svc)
		NL_SET_ERR_MSG(extack, "SERVICE: there is no such service");
	return svc;
}

int ip_vs_ctl_pool_renew(struct ip_vs_net *ns, struct ip_vs_svc *svc,
			 const struct ip_vs_scheduler *sched,
			 struct netlink_ext_ack *extack)
{
	struct ip_vs_pool *old, *pool = NULL;

	old = rcu_dereference_protected(svc->pool,
					lockdep_is_held(&ns->mutex));
	if (sched)
		pool = ip_vs_pool_build(sched, &svc->dests, old);
	if (IS_ERR(pool)) {
		NL_SET_ERR_MSG(extack,
			       "the scheduler cannot take these real servers");
		return PTR_ERR(pool);
	}
	rcu_assign_pointer(svc->pool, pool);
	ip_vs_pool_free(old);
	return 0;
}

/* What a kind of tunnel cannot do is refused, not forgotten. */
static int tunnel_check(const struct ip_vs_dest_config *cfg,
			struct netlink_ext_ack *extack)
{
	bool gue = cfg->tun_type == IP_VS_CONN_F_TUNNEL_TYPE_GUE;
	u16 known = 0;

	if (gue)
		known = IP_VS_TUNNEL_ENCAP_FLAG_CSUM |
			IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM;
	else if (cfg->tun_type == IP_VS_CONN_F_TUNNEL_TYPE_GRE)
		known = IP_VS_TUNNEL_ENCAP_FLAG_CSUM;

	if (cfg->tun_type >= IP_VS_CONN_F_TUNNEL_TYPE_MAX)
		NL_SET_ERR_MSG(extack, "TUN_TYPE is none of IPIP, GUE, GRE");
	else if (gue && !cfg->tun_port)
		NL_SET_ERR_MSG(extack, "TUN_PORT: GUE needs a port");
	else if (!gue && cfg->tun_port)
		NL_SET_ERR_MSG(extack, "TUN_PORT: only GUE has a port");
	else if (cfg->tun_flags & ~known)
		NL_SET_ERR_MSG(extack,
			       "TUN_FLAGS: this TUN_TYPE has no such checksum");
	else
		return 0;
	return -EINVAL;
}

static int dest_config_check(const struct ip_vs_dest_config *cfg,
			     struct netlink_ext_ack *extack)
{
	if (cfg->weight < 0) {
		NL_SET_ERR_MSG(extack, "WEIGHT is above 2147483647");
		return -ERANGE;
	}
	if (cfg->l_threshold > cfg->u_threshold) {
		NL_SET_ERR_MSG(extack, "L_THRESH is above U_THRESH");
		return -ERANGE;
	}
	if (cfg->u_threshold > INT_MAX) {
		NL_SET_ERR_MSG(extack, "U_THRESH is above 2147483647");
		return -EINVAL;
	}
	switch (cfg->fwd) {
	case IP_VS_CONN_F_MASQ:
	case IP_VS_CONN_F_TUNNEL:
	case IP_VS_CONN_F_DROUTE:
		break;
	default:
		NL_SET_ERR_MSG(extack,
			       "FWD_METHOD is none of NAT, tunnel, direct routing");
		return -EINVAL;
	}
	return tunnel_check(cfg, extack);
}

/* A tunnel's outer header may be of either family, nothing else may; and the
 * synchronisation's messages have one family for a connection.
 */
static int dest_family_check(struct ip_vs_net *ns,
			     const struct dest_request *rq)
{
	if (rq->id->family == rq->key->family)
		return 0;
	if (rq->cfg->fwd != IP_VS_CONN_F_TUNNEL) {
		NL_SET_ERR_MSG(rq->extack,
			       "ADDR_FAMILY: only a tunnel leads to another family");
		return -EINVAL;
	}
	if (rcu_access_pointer(ns->sync_tx) || ns->sync_rx) {
		NL_SET_ERR_MSG(rq->extack,
			       "ADDR_FAMILY: a sync daemon runs, it knows one family");
		return -EINVAL;
	}
	return 0;
}

static int dest_request_check(struct ip_vs_net *ns,
			      const struct dest_request *rq)
{
	return dest_family_check(ns, rq) ?:
	       dest_config_check(rq->cfg, rq->extack);
}

static struct ip_vs_dest *request_dest(struct ip_vs_svc *svc,
				       const struct dest_request *rq)
{
	return ip_vs_svc_find_dest(svc, rq->id->family, &rq->id->addr,
				   rq->id->port);
}

static void dest_configure(struct ip_vs_dest *dest,
			   const struct ip_vs_dest_config *cfg)
{
	WRITE_ONCE(dest->cfg.fwd, cfg->fwd);
	WRITE_ONCE(dest->cfg.weight, cfg->weight);
	WRITE_ONCE(dest->cfg.u_threshold, cfg->u_threshold);
	WRITE_ONCE(dest->cfg.l_threshold, cfg->l_threshold);
	WRITE_ONCE(dest->cfg.tun_flags, cfg->tun_flags);
	WRITE_ONCE(dest->cfg.tun_port, cfg->tun_port);
	WRITE_ONCE(dest->cfg.tun_type, cfg->tun_type);
	if (cfg->weight)
		WRITE_ONCE(dest->last_weight, cfg->weight);
	smp_mb();	/* who counts sees the thresholds, or we his count */
	ip_vs_dest_overload_check(dest);
	ip_vs_route_cache_reset(&dest->route);
}

static void dest_set_local(struct ip_vs_dest *dest, bool local)
{
	if (local)
		set_bit(IP_VS_DEST_LOCAL, &dest->flags);
	else
		clear_bit(IP_VS_DEST_LOCAL, &dest->flags);
}

void ip_vs_ctl_dest_zero(struct ip_vs_dest *dest)
{
	struct ip_vs_counters raw = {};

	ip_vs_stats_read(&raw, dest->stats);
	ip_vs_tally_zero(&dest->tally, &raw);
}

/* The service's sum takes @dest's counters back in, those of its time in the
 * trash included; a service that never had it starts without them. Neither
 * sees a burst in its rates.
 */
static void dest_count_in(struct ip_vs_svc *svc, struct ip_vs_dest *dest)
{
	struct ip_vs_counters raw = {};

	ip_vs_stats_read(&raw, dest->stats);
	if (dest->svc == svc) {
		dest->tally.last = raw;
		ip_vs_counters_sub(&svc->left, &dest->left);
		ip_vs_counters_sub(&raw, &dest->left);
		ip_vs_counters_add(&svc->tally.last, &raw);
		return;
	}
	ip_vs_tally_zero(&dest->tally, &raw);
	ip_vs_counters_sub(&svc->left, &raw);
}

static void dest_count_out(struct ip_vs_svc *svc, struct ip_vs_dest *dest)
{
	memset(&dest->left, 0, sizeof(dest->left));
	ip_vs_stats_read(&dest->left, dest->stats);
	ip_vs_counters_add(&svc->left, &dest->left);
}

static void dest_link(struct ip_vs_net *ns, struct ip_vs_svc *svc,
		      struct ip_vs_dest *dest)
{
	dest_count_in(svc, dest);
	dest->svc = svc;
	dest->svc_key = svc->key;
	set_bit(IP_VS_DEST_AVAILABLE, &dest->flags);
	list_add_rcu(&dest->in_svc, &svc->dests);
	svc->num_dests++;
	ns->num_mixed += dest->family != svc->key.family;
	svc->generation = ++ns->generation;
}

/* @dest is off the list already. Connections may point at it, so it is kept. */
static void dest_to_trash(struct ip_vs_net *ns, struct ip_vs_svc *svc,
			  struct ip_vs_dest *dest)
{
	clear_bit(IP_VS_DEST_AVAILABLE, &dest->flags);
	dest->grace = get_state_synchronize_rcu();
	dest->idle_since = jiffies;
	dest_count_out(svc, dest);
	svc->num_dests--;
	ns->num_mixed -= dest->family != svc->key.family;
	svc->generation = ++ns->generation;
	ip_vs_route_cache_reset(&dest->route);
	if (ns->dying)
		return;
	queue_delayed_work(system_unbound_wq, &ns->trash,
			   IP_VS_TRASH_PERIOD * HZ);
	if (READ_ONCE(ns->knobs.expire_nodest_conn))
		queue_work(system_unbound_wq, &ns->nodest);
}

void ip_vs_ctl_dests_remove(struct ip_vs_net *ns, struct ip_vs_svc *svc)
{
	struct ip_vs_dest *dest, *next;

	list_for_each_entry_safe(dest, next, &svc->dests, in_svc) {
		list_del_rcu(&dest->in_svc);
		dest_to_trash(ns, svc, dest);
	}
}

void ip_vs_ctl_dests_forget(struct ip_vs_net *ns, const struct ip_vs_svc *svc)
{
	struct ip_vs_dest *dest;

	list_for_each_entry(dest, &ns->dests.all, in_all) {
		if (!svc || dest->svc == svc)
			dest->svc = NULL;
	}
}

static int dest_new_check(struct ip_vs_net *ns, struct ip_vs_svc *svc,
			  const struct dest_request *rq)
{
	int err = dest_request_check(ns, rq);

	if (err)
		return err;
	if (!request_dest(svc, rq))
		return 0;
	NL_SET_ERR_MSG(rq->extack,
		       "DEST: the service has this real server already");
	return -EEXIST;
}

/* From the trash or new. */
static struct ip_vs_dest *dest_get(struct ip_vs_net *ns,
				   const struct dest_request *rq)
{
	const struct ip_vs_dest_id *id = rq->id;
	struct ip_vs_dest *dest;

	dest = ip_vs_dests_trash_find(&ns->dests, rq->key, id->family,
				      &id->addr, id->port);
	if (dest)
		return dest;
	return ip_vs_dest_new(&ns->dests, id->family, &id->addr, id->port);
}

/* -EAGAIN with *@grace changed: wait for the end of that grace period. Its end is
 * not polled a second time: on one CPU waiting ends it without a trace.
 */
static int dest_add(struct ip_vs_net *ns, const struct dest_request *rq,
		    unsigned long *grace)
{
	struct ip_vs_dest *dest;
	enum ip_vs_whose whose;
	struct ip_vs_svc *svc;
	int err;

	svc = ip_vs_ctl_svc_find(ns, rq->key, rq->extack);
	if (!svc)
		return -ESRCH;
	err = dest_new_check(ns, svc, rq);
	if (err)
		return err;
	whose = ip_vs_addr_whose(ns->net, rq->id->family, &rq->id->addr);
	if (whose == IP_VS_NOBODYS) {
		NL_SET_ERR_MSG(rq->extack, "ADDR is no unicast address");
		return -EINVAL;
	}
	dest = dest_get(ns, rq);
	if (IS_ERR(dest))
		return PTR_ERR(dest);
	if (dest->grace && dest->grace != *grace &&
	    !poll_state_synchronize_rcu(dest->grace)) {
		*grace = dest->grace;
		return -EAGAIN;
	}
	dest_configure(dest, rq->cfg);
	dest_set_local(dest, whose == IP_VS_OURS);
	dest_link(ns, svc, dest);
	err = ip_vs_ctl_pool_renew(ns, svc, svc->sched, rq->extack);
	if (err) {
		list_del_rcu(&dest->in_svc);
		dest_to_trash(ns, svc, dest);
	}
	return err;
}

int ip_vs_ctl_dest_add(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		       const struct ip_vs_dest_id *id,
		       const struct ip_vs_dest_config *cfg,
		       struct netlink_ext_ack *extack)
{
	const struct dest_request rq = { key, id, cfg, extack };
	unsigned long grace = 0, waited;
	int err;

	for (;;) {
		waited = grace;
		mutex_lock(&ns->mutex);
		err = dest_add(ns, &rq, &grace);
		mutex_unlock(&ns->mutex);
		if (err != -EAGAIN || grace == waited)
			return err;
		cond_synchronize_rcu(grace);
	}
}

static struct ip_vs_dest *dest_find(struct ip_vs_svc *svc,
				    const struct dest_request *rq)
{
	struct ip_vs_dest *dest = request_dest(svc, rq);

	if (!dest)
		NL_SET_ERR_MSG(rq->extack,
			       "DEST: the service has no such real server");
	return dest;
}

/* Schedulers read weights when they build, so the pool is made anew. */
static int dest_edit(struct ip_vs_net *ns, const struct dest_request *rq)
{
	struct ip_vs_dest_config old;
	struct ip_vs_dest *dest;
	struct ip_vs_svc *svc;
	int err;

	svc = ip_vs_ctl_svc_find(ns, rq->key, rq->extack);
	if (!svc)
		return -ESRCH;
	err = dest_request_check(ns, rq);
	if (err)
		return err;
	dest = dest_find(svc, rq);
	if (!dest)
		return -ENOENT;
	old = dest->cfg;
	dest_configure(dest, rq->cfg);
	if (old.weight != rq->cfg->weight)
		err = ip_vs_ctl_pool_renew(ns, svc, svc->sched, rq->extack);
	if (err) {
		dest_configure(dest, &old);
		return err;
	}
	dest_set_local(dest, ip_vs_addr_whose(ns->net, dest->family,
					      &dest->addr) == IP_VS_OURS);
	return 0;
}

int ip_vs_ctl_dest_edit(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
			const struct ip_vs_dest_id *id,
			const struct ip_vs_dest_config *cfg,
			struct netlink_ext_ack *extack)
{
	const struct dest_request rq = { key, id, cfg, extack };
	int err;

	mutex_lock(&ns->mutex);
	err = dest_edit(ns, &rq);
	mutex_unlock(&ns->mutex);
	return err;
}

/* The pool without @dest is built first; should that fail, @dest goes back to
 * its place, and readers have missed it for that moment.
 */
static int dest_del(struct ip_vs_net *ns, const struct dest_request *rq)
{
	struct ip_vs_dest *dest;
	struct ip_vs_svc *svc;
	struct list_head *prev;
	int err;

	svc = ip_vs_ctl_svc_find(ns, rq->key, rq->extack);
	if (!svc)
		return -ESRCH;
	dest = dest_find(svc, rq);
	if (!dest)
		return -ENOENT;
	prev = dest->in_svc.prev;
	list_del_rcu(&dest->in_svc);
	err = ip_vs_ctl_pool_renew(ns, svc, svc->sched, rq->extack);
	if (err)
		list_add_rcu(&dest->in_svc, prev);
	else
		dest_to_trash(ns, svc, dest);
	return err;
}

int ip_vs_ctl_dest_del(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		       const struct ip_vs_dest_id *id,
		       struct netlink_ext_ack *extack)
{
	const struct dest_request rq = { key, id, NULL, extack };
	int err;

	mutex_lock(&ns->mutex);
	err = dest_del(ns, &rq);
	mutex_unlock(&ns->mutex);
	return err;
}

/* Works. */

static void trash_work(struct work_struct *work)
{
	struct ip_vs_net *ns = container_of(to_delayed_work(work),
					    struct ip_vs_net, trash);

	mutex_lock(&ns->mutex);
	if (ip_vs_dests_trash_scan(&ns->dests, false) && !ns->dying)
		queue_delayed_work(system_unbound_wq, &ns->trash,
				   IP_VS_TRASH_PERIOD * HZ);
	mutex_unlock(&ns->mutex);
}

static bool conn_has_no_dest(const struct ip_vs_conn *c)
{
	const struct ip_vs_dest *dest = rcu_dereference(c->dest);

	return dest && !ip_vs_dest_available(dest);
}

/* A template goes when its last child has gone. */
static bool nodest_step(struct ip_vs_conn *c, void *conns)
{
	struct ip_vs_conn *parent = READ_ONCE(c->control);

	if (conn_has_no_dest(c) && ip_vs_conn_expire(conns, c) &&
	    parent && conn_has_no_dest(parent))
		ip_vs_conn_expire(conns, parent);
	return true;
}

static void nodest_work(struct work_struct *work)
{
	struct ip_vs_net *ns = container_of(work, struct ip_vs_net, nodest);

	ip_vs_conns_walk(&ns->conns, nodest_step, &ns->conns);
}

void ip_vs_ctl_dests_init(struct ip_vs_net *ns)
{
	INIT_DELAYED_WORK(&ns->trash, trash_work);
	INIT_WORK(&ns->nodest, nodest_work);
}

void ip_vs_ctl_dests_exit(struct ip_vs_net *ns)
{
	cancel_delayed_work_sync(&ns->trash);
	cancel_work_sync(&ns->nodest);
}

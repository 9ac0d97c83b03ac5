// SPDX-License-Identifier: GPL-2.0-only

/* State to attributes: replies and dumps. The order of attributes is that of
 * the in-tree module.
 */

#include <linux/rcupdate.h>

#include "genl.h"
#include "pe.h"
#include "sched.h"
#include "sync_rx.h"
#include "sync_tx.h"

/* Counters. */

struct shown {
	struct ip_vs_counters sum;
	struct ip_vs_rates rates;
};

static int put_stats(struct sk_buff *skb, int type, const struct shown *s)
{
	struct nlattr *nest = nla_nest_start_noflag(skb, type);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u32(skb, IPVS_STATS_ATTR_CONNS, s->sum.conns) ||
	    nla_put_u32(skb, IPVS_STATS_ATTR_INPKTS, s->sum.inpkts) ||
	    nla_put_u32(skb, IPVS_STATS_ATTR_OUTPKTS, s->sum.outpkts) ||
	    nla_put_u64_64bit(skb, IPVS_STATS_ATTR_INBYTES, s->sum.inbytes,
			      IPVS_STATS_ATTR_PAD) ||
	    nla_put_u64_64bit(skb, IPVS_STATS_ATTR_OUTBYTES, s->sum.outbytes,
			      IPVS_STATS_ATTR_PAD) ||
	    nla_put_u32(skb, IPVS_STATS_ATTR_CPS, s->rates.cps) ||
	    nla_put_u32(skb, IPVS_STATS_ATTR_INPPS, s->rates.inpps) ||
	    nla_put_u32(skb, IPVS_STATS_ATTR_OUTPPS, s->rates.outpps) ||
	    nla_put_u32(skb, IPVS_STATS_ATTR_INBPS, s->rates.inbps) ||
	    nla_put_u32(skb, IPVS_STATS_ATTR_OUTBPS, s->rates.outbps)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int put_stats64(struct sk_buff *skb, int type, const struct shown *s)
{
	const u64 values[] = {
		s->sum.conns, s->sum.inpkts, s->sum.outpkts,
		s->sum.inbytes, s->sum.outbytes,
		s->rates.cps, s->rates.inpps, s->rates.outpps,
		s->rates.inbps, s->rates.outbps,
	};
	struct nlattr *nest = nla_nest_start_noflag(skb, type);
	unsigned int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		if (nla_put_u64_64bit(skb, IPVS_STATS_ATTR_CONNS + i, values[i],
				      IPVS_STATS_ATTR_PAD)) {
			nla_nest_cancel(skb, nest);
			return -EMSGSIZE;
		}
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* Services. */

static const char *svc_sched_name(const struct ip_vs_svc *svc)
{
	return svc->sched ? svc->sched->name : "none";
}

static int put_key(struct sk_buff *skb, const struct ip_vs_svc_key *key)
{
	if (nla_put_u16(skb, IPVS_SVC_ATTR_AF, key->family))
		return -EMSGSIZE;
	if (key->fwmark)
		return nla_put_u32(skb, IPVS_SVC_ATTR_FWMARK, key->fwmark);
	if (nla_put_u16(skb, IPVS_SVC_ATTR_PROTOCOL, key->protocol) ||
	    nla_put(skb, IPVS_SVC_ATTR_ADDR, sizeof(key->addr), &key->addr) ||
	    nla_put_be16(skb, IPVS_SVC_ATTR_PORT, key->port))
		return -EMSGSIZE;
	return 0;
}

/* The control mutex is held. */
static int put_pe(struct sk_buff *skb, const struct ip_vs_svc *svc)
{
	const struct ip_vs_pe *pe = rcu_dereference_protected(svc->pe, true);

	return pe ? nla_put_string(skb, IPVS_SVC_ATTR_PE_NAME, pe->name) : 0;
}

static int put_svc(struct sk_buff *skb, const struct ip_vs_svc *svc,
		   const struct shown *shown)
{
	struct ip_vs_flags flags = { .flags = svc->flags, .mask = ~0 };

	if (put_key(skb, &svc->key) ||
	    nla_put_string(skb, IPVS_SVC_ATTR_SCHED_NAME,
			   svc_sched_name(svc)) ||
	    put_pe(skb, svc) ||
	    nla_put(skb, IPVS_SVC_ATTR_FLAGS, sizeof(flags), &flags) ||
	    nla_put_u32(skb, IPVS_SVC_ATTR_TIMEOUT, svc->timeout / HZ) ||
	    nla_put_be32(skb, IPVS_SVC_ATTR_NETMASK, svc->netmask) ||
	    put_stats(skb, IPVS_SVC_ATTR_STATS, shown) ||
	    put_stats64(skb, IPVS_SVC_ATTR_STATS64, shown))
		return -EMSGSIZE;
	return 0;
}

int ip_vs_genl_fill_svc(struct sk_buff *skb, struct ip_vs_svc *svc)
{
	struct nlattr *nest;
	struct shown shown = {};

	nest = nla_nest_start_noflag(skb, IPVS_CMD_ATTR_SERVICE);
	if (!nest)
		return -EMSGSIZE;
	ip_vs_svc_counters(svc, &shown.sum);
	ip_vs_tally_show(&svc->tally, &shown.sum, &shown.rates);
	if (put_svc(skb, svc, &shown)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* Real servers. */

static int put_dest_config(struct sk_buff *skb, const struct ip_vs_dest *dest)
{
	const struct ip_vs_dest_config *cfg = &dest->cfg;

	if (nla_put(skb, IPVS_DEST_ATTR_ADDR, sizeof(dest->addr),
		    &dest->addr) ||
	    nla_put_be16(skb, IPVS_DEST_ATTR_PORT, dest->port) ||
	    nla_put_u32(skb, IPVS_DEST_ATTR_FWD_METHOD, cfg->fwd) ||
	    nla_put_u32(skb, IPVS_DEST_ATTR_WEIGHT, cfg->weight) ||
	    nla_put_u8(skb, IPVS_DEST_ATTR_TUN_TYPE, cfg->tun_type) ||
	    nla_put_be16(skb, IPVS_DEST_ATTR_TUN_PORT, cfg->tun_port) ||
	    nla_put_u16(skb, IPVS_DEST_ATTR_TUN_FLAGS, cfg->tun_flags) ||
	    nla_put_u32(skb, IPVS_DEST_ATTR_U_THRESH, cfg->u_threshold) ||
	    nla_put_u32(skb, IPVS_DEST_ATTR_L_THRESH, cfg->l_threshold))
		return -EMSGSIZE;
	return 0;
}

/* The two counts are read one after the other: never show less than none. */
static int put_dest_conns(struct sk_buff *skb, const struct ip_vs_dest *dest)
{
	int active = atomic_read(&dest->active);
	int inactive = max(atomic_read(&dest->total) - active, 0);

	if (nla_put_u32(skb, IPVS_DEST_ATTR_ACTIVE_CONNS, active) ||
	    nla_put_u32(skb, IPVS_DEST_ATTR_INACT_CONNS, inactive) ||
	    nla_put_u32(skb, IPVS_DEST_ATTR_PERSIST_CONNS,
			atomic_read(&dest->persist)) ||
	    nla_put_u16(skb, IPVS_DEST_ATTR_ADDR_FAMILY, dest->family))
		return -EMSGSIZE;
	return 0;
}

static int fill_dest(struct sk_buff *skb, const struct ip_vs_dest *dest)
{
	struct shown shown = {};
	struct nlattr *nest;

	nest = nla_nest_start_noflag(skb, IPVS_CMD_ATTR_DEST);
	if (!nest)
		return -EMSGSIZE;
	ip_vs_stats_read(&shown.sum, dest->stats);
	ip_vs_tally_show(&dest->tally, &shown.sum, &shown.rates);
	if (put_dest_config(skb, dest) || put_dest_conns(skb, dest) ||
	    put_stats(skb, IPVS_DEST_ATTR_STATS, &shown) ||
	    put_stats64(skb, IPVS_DEST_ATTR_STATS64, &shown)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* Daemons. */

static int put_counters(struct sk_buff *skb,
			const struct ip_vs_sync_counters *counters)
{
	struct nlattr *nest;
	int i;

	nest = nla_nest_start_noflag(skb, IPVS_DAEMON_ATTR_COUNTERS);
	if (!nest)
		return -EMSGSIZE;
	for (i = IPVS_SYNC_CNT_UNSPEC + 1; i < IPVS_SYNC_CNT_PAD; i++) {
		if (nla_put_u64_64bit(skb, i, atomic64_read(&counters->n[i]),
				      IPVS_SYNC_CNT_PAD))
			return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int put_group(struct sk_buff *skb, const struct ip_vs_sync_config *cfg)
{
	if (cfg->group_family == AF_INET6)
		return nla_put_in6_addr(skb, IPVS_DAEMON_ATTR_MCAST_GROUP6,
					&cfg->group.in6);
	return nla_put_in_addr(skb, IPVS_DAEMON_ATTR_MCAST_GROUP,
			       cfg->group.ip);
}

static int put_daemon(struct sk_buff *skb, u32 state,
		      const struct ip_vs_sync_config *cfg,
		      const struct ip_vs_sync_counters *counters)
{
	if (nla_put_u32(skb, IPVS_DAEMON_ATTR_STATE, state) ||
	    nla_put_string(skb, IPVS_DAEMON_ATTR_MCAST_IFN, cfg->ifname) ||
	    nla_put_u32(skb, IPVS_DAEMON_ATTR_SYNC_ID, cfg->syncid) ||
	    nla_put_u16(skb, IPVS_DAEMON_ATTR_SYNC_MAXLEN, cfg->maxlen) ||
	    nla_put_u16(skb, IPVS_DAEMON_ATTR_MCAST_PORT, cfg->port) ||
	    nla_put_u8(skb, IPVS_DAEMON_ATTR_MCAST_TTL, cfg->ttl) ||
	    put_group(skb, cfg) || put_counters(skb, counters))
		return -EMSGSIZE;
	return 0;
}

static int fill_daemon(struct sk_buff *skb, u32 state,
		       const struct ip_vs_sync_config *cfg,
		       const struct ip_vs_sync_counters *counters)
{
	struct nlattr *nest;

	nest = nla_nest_start_noflag(skb, IPVS_CMD_ATTR_DAEMON);
	if (!nest)
		return -EMSGSIZE;
	if (put_daemon(skb, state, cfg, counters)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* The rest. */

int ip_vs_genl_fill_config(struct sk_buff *skb, struct ip_vs_net *ns)
{
	struct ip_vs_ctl_timeouts t;

	ip_vs_ctl_timeouts_get(ns, &t);
	if (nla_put_u32(skb, IPVS_CMD_ATTR_TIMEOUT_TCP, t.tcp) ||
	    nla_put_u32(skb, IPVS_CMD_ATTR_TIMEOUT_TCP_FIN, t.tcp_fin) ||
	    nla_put_u32(skb, IPVS_CMD_ATTR_TIMEOUT_UDP, t.udp))
		return -EMSGSIZE;
	return 0;
}

int ip_vs_genl_fill_info(struct sk_buff *skb, struct ip_vs_net *ns)
{
	const u64 features = IP_VS_FEATURE_EXTACK | IP_VS_FEATURE_SYNC_COUNTERS;
	u32 size = ip_vs_conns_size(&ns->conns);

	if (nla_put_u32(skb, IPVS_INFO_ATTR_VERSION, IP_VS_VERSION_CODE) ||
	    nla_put_u32(skb, IPVS_INFO_ATTR_CONN_TAB_SIZE, size) ||
	    nla_put_u64_64bit(skb, IPVS_INFO_ATTR_FEATURES, features,
			      IPVS_INFO_ATTR_PAD))
		return -EMSGSIZE;
	return 0;
}

/* Dumps. args[0] is how many were sent. */

/* A list that changes meanwhile is told to the reader by NLM_F_DUMP_INTR, if he
 * has asked for it: the in-tree module does not know that, and to libnl it is an
 * error.
 */
static void dump_generation(struct netlink_callback *cb, unsigned int seq)
{
	if (nlmsg_find_attr(cb->nlh, GENL_HDRLEN, IPVS_CMD_ATTR_CONSISTENT))
		cb->seq = seq;
}

static void *dump_msg(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd)
{
	void *hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
				cb->nlh->nlmsg_seq,
				genl_dumpit_info(cb)->family, NLM_F_MULTI, cmd);

	if (hdr)
		genl_dump_check_consistent(cb, hdr);
	return hdr;
}

static int dump_msg_end(struct sk_buff *skb, void *hdr, int err)
{
	if (err)
		genlmsg_cancel(skb, hdr);
	else
		genlmsg_end(skb, hdr);
	return err;
}

static int dump_svc(struct sk_buff *skb, struct netlink_callback *cb,
		    struct ip_vs_svc *svc)
{
	void *hdr = dump_msg(skb, cb, IPVS_CMD_NEW_SERVICE);

	if (!hdr)
		return -EMSGSIZE;
	return dump_msg_end(skb, hdr, ip_vs_genl_fill_svc(skb, svc));
}

static struct ip_vs_net *dump_ns(struct sk_buff *skb)
{
	return ip_vs_net(sock_net(skb->sk));
}

int ip_vs_genl_dump_svcs(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct ip_vs_net *ns = dump_ns(skb);
	struct ip_vs_svc *svc;
	long i = 0;

	mutex_lock(&ns->mutex);
	dump_generation(cb, ns->svcs_generation);
	list_for_each_entry(svc, &ns->svcs.all, in_all) {
		if (i++ < cb->args[0])
			continue;
		if (dump_svc(skb, cb, svc))
			break;
		cb->args[0] = i;
	}
	mutex_unlock(&ns->mutex);
	return skb->len;
}

static int dump_dest(struct sk_buff *skb, struct netlink_callback *cb,
		     const struct ip_vs_dest *dest)
{
	void *hdr = dump_msg(skb, cb, IPVS_CMD_NEW_DEST);

	if (!hdr)
		return -EMSGSIZE;
	return dump_msg_end(skb, hdr, fill_dest(skb, dest));
}

static void dump_svc_dests(struct sk_buff *skb, struct netlink_callback *cb,
			   const struct ip_vs_svc *svc)
{
	const struct ip_vs_dest *dest;
	long i = 0;

	dump_generation(cb, svc->generation);
	list_for_each_entry(dest, &svc->dests, in_svc) {
		if (i++ < cb->args[0])
			continue;
		if (dump_dest(skb, cb, dest))
			return;
		cb->args[0] = i;
	}
}

/* Asked about an unknown service, or badly, the answer is that there is
 * nothing.
 */
int ip_vs_genl_dump_dests(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr *tb[IPVS_CMD_ATTR_MAX + 1];
	struct ip_vs_net *ns = dump_ns(skb);
	struct ip_vs_svc_key key;
	struct ip_vs_svc *svc;

	if (nlmsg_parse_deprecated(cb->nlh, GENL_HDRLEN, tb, IPVS_CMD_ATTR_MAX,
				   ip_vs_cmd_policy, cb->extack) ||
	    ip_vs_genl_parse_key(tb[IPVS_CMD_ATTR_SERVICE], &key, cb->extack))
		return skb->len;
	mutex_lock(&ns->mutex);
	svc = ip_vs_svcs_find(&ns->svcs, &key);
	if (svc)
		dump_svc_dests(skb, cb, svc);
	mutex_unlock(&ns->mutex);
	return skb->len;
}

static int dump_daemon(struct sk_buff *skb, struct netlink_callback *cb,
		       u32 state, const struct ip_vs_sync_config *cfg)
{
	const struct ip_vs_net *ns = dump_ns(skb);
	void *hdr;

	if (cb->args[0] & state)
		return 0;
	hdr = dump_msg(skb, cb, IPVS_CMD_NEW_DAEMON);
	if (!hdr)
		return -EMSGSIZE;
	if (dump_msg_end(skb, hdr, fill_daemon(skb, state, cfg,
					       &ns->sync_counters)))
		return -EMSGSIZE;
	cb->args[0] |= state;
	return 0;
}

/* Both fit into one message buffer; args[0] is which were sent. */
int ip_vs_genl_dump_daemons(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct ip_vs_net *ns = dump_ns(skb);
	const struct ip_vs_sync_tx *tx;
	int err = 0;

	mutex_lock(&ns->mutex);
	tx = rcu_dereference_protected(ns->sync_tx,
				       lockdep_is_held(&ns->mutex));
	if (tx)
		err = dump_daemon(skb, cb, IP_VS_STATE_MASTER,
				  ip_vs_sync_tx_config(tx));
	if (!err && ns->sync_rx)
		dump_daemon(skb, cb, IP_VS_STATE_BACKUP,
			    ip_vs_sync_rx_config(ns->sync_rx));
	mutex_unlock(&ns->mutex);
	return skb->len;
}

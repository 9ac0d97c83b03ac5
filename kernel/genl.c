// SPDX-License-Identifier: GPL-2.0-only

/* The operations of the family. Locks are ctl's business: operations of
 * different requests run in parallel, and none is held while a scheduler is
 * loaded.
 */

#include "genl.h"

#include <linux/module.h>

static struct genl_family ip_vs_genl_family;

static struct ip_vs_net *info_ns(struct genl_info *info)
{
	return ip_vs_net(genl_info_net(info));
}

/* Changes. What ctl refuses is blamed on the attribute that its sentence is
 * about, or is in.
 */

static int blame(struct genl_info *info, int attr, int err)
{
	if (err == -ENOMEM)
		NL_SET_ERR_MSG(info->extack, "out of memory");
	else if (err)
		NL_SET_BAD_ATTR(info->extack, info->attrs[attr]);
	return err;
}

static int svc_new(struct sk_buff *skb, struct genl_info *info)
{
	struct ip_vs_svc_config cfg;
	struct ip_vs_svc_key key;
	int err;

	err = ip_vs_genl_parse_svc(info->attrs[IPVS_CMD_ATTR_SERVICE], &key,
				   &cfg, info->extack);
	if (err)
		return err;
	err = ip_vs_ctl_svc_add(info_ns(info), &key, &cfg, info->extack);
	return blame(info, IPVS_CMD_ATTR_SERVICE, err);
}

static int svc_set(struct sk_buff *skb, struct genl_info *info)
{
	struct ip_vs_svc_config cfg;
	struct ip_vs_svc_key key;
	int err;

	err = ip_vs_genl_parse_svc(info->attrs[IPVS_CMD_ATTR_SERVICE], &key,
				   &cfg, info->extack);
	if (err)
		return err;
	err = ip_vs_ctl_svc_edit(info_ns(info), &key, &cfg, info->extack);
	return blame(info, IPVS_CMD_ATTR_SERVICE, err);
}

static int svc_del(struct sk_buff *skb, struct genl_info *info)
{
	struct ip_vs_svc_key key;
	int err;

	err = ip_vs_genl_parse_key(info->attrs[IPVS_CMD_ATTR_SERVICE], &key,
				   info->extack);
	if (err)
		return err;
	err = ip_vs_ctl_svc_del(info_ns(info), &key, info->extack);
	return blame(info, IPVS_CMD_ATTR_SERVICE, err);
}

/* The service of a request about its dests is judged before they are. */
static int dest_svc(struct genl_info *info, struct ip_vs_svc_key *key)
{
	struct ip_vs_net *ns = info_ns(info);
	bool found;
	int err;

	err = ip_vs_genl_parse_key(info->attrs[IPVS_CMD_ATTR_SERVICE], key,
				   info->extack);
	if (err)
		return err;
	rcu_read_lock();
	found = ip_vs_svcs_find(&ns->svcs, key);
	rcu_read_unlock();
	if (found)
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[IPVS_CMD_ATTR_SERVICE],
			    "SERVICE: there is no such service");
	return -ESRCH;
}

static int dest_parse(struct genl_info *info, struct ip_vs_svc_key *key,
		      struct ip_vs_dest_id *id, struct ip_vs_dest_config *cfg)
{
	int err = dest_svc(info, key);

	return err ?: ip_vs_genl_parse_dest(info->attrs[IPVS_CMD_ATTR_DEST],
					    key->family, id, cfg,
					    info->extack);
}

static int dest_new(struct sk_buff *skb, struct genl_info *info)
{
	struct ip_vs_dest_config cfg;
	struct ip_vs_svc_key key;
	struct ip_vs_dest_id id;
	int err = dest_parse(info, &key, &id, &cfg);

	if (err)
		return err;
	err = ip_vs_ctl_dest_add(info_ns(info), &key, &id, &cfg, info->extack);
	return blame(info, IPVS_CMD_ATTR_DEST, err);
}

static int dest_set(struct sk_buff *skb, struct genl_info *info)
{
	struct ip_vs_dest_config cfg;
	struct ip_vs_svc_key key;
	struct ip_vs_dest_id id;
	int err = dest_parse(info, &key, &id, &cfg);

	if (err)
		return err;
	err = ip_vs_ctl_dest_edit(info_ns(info), &key, &id, &cfg, info->extack);
	return blame(info, IPVS_CMD_ATTR_DEST, err);
}

static int dest_del(struct sk_buff *skb, struct genl_info *info)
{
	struct ip_vs_svc_key key;
	struct ip_vs_dest_id id;
	int err = dest_svc(info, &key);

	if (err)
		return err;
	err = ip_vs_genl_parse_dest_id(info->attrs[IPVS_CMD_ATTR_DEST],
				       key.family, &id, info->extack);
	if (err)
		return err;
	err = ip_vs_ctl_dest_del(info_ns(info), &key, &id, info->extack);
	return blame(info, IPVS_CMD_ATTR_DEST, err);
}

static int daemon_new(struct sk_buff *skb, struct genl_info *info)
{
	struct ip_vs_sync_config cfg;
	u32 state;
	int err;

	err = ip_vs_genl_parse_daemon(info->attrs[IPVS_CMD_ATTR_DAEMON],
				      &state, &cfg, info->extack);
	if (err)
		return err;
	err = ip_vs_ctl_daemon_start(info_ns(info), state, &cfg, info->extack);
	return blame(info, IPVS_CMD_ATTR_DAEMON, err);
}

static int daemon_del(struct sk_buff *skb, struct genl_info *info)
{
	u32 state;
	int err;

	err = ip_vs_genl_parse_role(info->attrs[IPVS_CMD_ATTR_DAEMON], &state,
				    info->extack);
	if (err)
		return err;
	err = ip_vs_ctl_daemon_stop(info_ns(info), state, info->extack);
	return blame(info, IPVS_CMD_ATTR_DAEMON, err);
}

static u32 seconds_of(struct genl_info *info, int attr)
{
	return info->attrs[attr] ? nla_get_u32(info->attrs[attr]) : 0;
}

static int config_set(struct sk_buff *skb, struct genl_info *info)
{
	const struct ip_vs_ctl_timeouts t = {
		.tcp = seconds_of(info, IPVS_CMD_ATTR_TIMEOUT_TCP),
		.tcp_fin = seconds_of(info, IPVS_CMD_ATTR_TIMEOUT_TCP_FIN),
		.udp = seconds_of(info, IPVS_CMD_ATTR_TIMEOUT_UDP),
	};

	return ip_vs_ctl_timeouts_set(info_ns(info), &t, info->extack);
}

static int zero(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[IPVS_CMD_ATTR_SERVICE];
	struct ip_vs_svc_key key;
	int err;

	if (!attr)
		return ip_vs_ctl_zero(info_ns(info), NULL, info->extack);
	err = ip_vs_genl_parse_key(attr, &key, info->extack);
	if (err)
		return err;
	err = ip_vs_ctl_zero(info_ns(info), &key, info->extack);
	return blame(info, IPVS_CMD_ATTR_SERVICE, err);
}

static int flush(struct sk_buff *skb, struct genl_info *info)
{
	return ip_vs_ctl_flush(info_ns(info));
}

/* Questions. */

static int fill_found(struct sk_buff *msg, struct genl_info *info)
{
	struct ip_vs_net *ns = info_ns(info);
	struct ip_vs_svc_key key;
	struct ip_vs_svc *svc;
	int err;

	err = ip_vs_genl_parse_key(info->attrs[IPVS_CMD_ATTR_SERVICE], &key,
				   info->extack);
	if (err)
		return err;
	mutex_lock(&ns->mutex);
	svc = ip_vs_svcs_find(&ns->svcs, &key);
	err = svc ? ip_vs_genl_fill_svc(msg, svc) : -ESRCH;
	mutex_unlock(&ns->mutex);
	if (!svc)
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[IPVS_CMD_ATTR_SERVICE],
				    "SERVICE: there is no such service");
	return err;
}

static int fill_config(struct sk_buff *msg, struct genl_info *info)
{
	return ip_vs_genl_fill_config(msg, info_ns(info));
}

static int fill_info(struct sk_buff *msg, struct genl_info *info)
{
	return ip_vs_genl_fill_info(msg, info_ns(info));
}

static int reply(struct genl_info *info, u8 cmd,
		 int (*fill)(struct sk_buff *msg, struct genl_info *info))
{
	struct sk_buff *msg = nlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	int err = -EMSGSIZE;
	void *hdr;

	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put_reply(msg, info, &ip_vs_genl_family, 0, cmd);
	if (hdr)
		err = fill(msg, info);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

static int svc_get(struct sk_buff *skb, struct genl_info *info)
{
	return reply(info, IPVS_CMD_NEW_SERVICE, fill_found);
}

static int config_get(struct sk_buff *skb, struct genl_info *info)
{
	return reply(info, IPVS_CMD_SET_CONFIG, fill_config);
}

static int info_get(struct sk_buff *skb, struct genl_info *info)
{
	return reply(info, IPVS_CMD_SET_INFO, fill_info);
}

/* CAP_NET_ADMIN over the namespace is asked for, by whatever user namespace
 * owns it.
 */
#define IP_VS_OP							\
	.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP, \
	.flags = GENL_UNS_ADMIN_PERM

static const struct genl_small_ops ip_vs_genl_ops[] = {
	{ .cmd = IPVS_CMD_NEW_SERVICE, .doit = svc_new, IP_VS_OP },
	{ .cmd = IPVS_CMD_SET_SERVICE, .doit = svc_set, IP_VS_OP },
	{ .cmd = IPVS_CMD_DEL_SERVICE, .doit = svc_del, IP_VS_OP },
	{ .cmd = IPVS_CMD_GET_SERVICE, .doit = svc_get,
	  .dumpit = ip_vs_genl_dump_svcs, IP_VS_OP },
	{ .cmd = IPVS_CMD_NEW_DEST, .doit = dest_new, IP_VS_OP },
	{ .cmd = IPVS_CMD_SET_DEST, .doit = dest_set, IP_VS_OP },
	{ .cmd = IPVS_CMD_DEL_DEST, .doit = dest_del, IP_VS_OP },
	{ .cmd = IPVS_CMD_GET_DEST, .dumpit = ip_vs_genl_dump_dests, IP_VS_OP },
	{ .cmd = IPVS_CMD_NEW_DAEMON, .doit = daemon_new, IP_VS_OP },
	{ .cmd = IPVS_CMD_DEL_DAEMON, .doit = daemon_del, IP_VS_OP },
	{ .cmd = IPVS_CMD_GET_DAEMON, .dumpit = ip_vs_genl_dump_daemons,
	  IP_VS_OP },
	{ .cmd = IPVS_CMD_SET_CONFIG, .doit = config_set, IP_VS_OP },
	{ .cmd = IPVS_CMD_GET_CONFIG, .doit = config_get, IP_VS_OP },
	{ .cmd = IPVS_CMD_GET_INFO, .doit = info_get, IP_VS_OP },
	{ .cmd = IPVS_CMD_ZERO, .doit = zero, IP_VS_OP },
	{ .cmd = IPVS_CMD_FLUSH, .doit = flush, IP_VS_OP },
};

static struct genl_family ip_vs_genl_family __ro_after_init = {
	.name = IPVS_GENL_NAME,
	.version = IPVS_GENL_VERSION,
	.maxattr = IPVS_CMD_ATTR_MAX,
	.policy = ip_vs_cmd_policy,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.small_ops = ip_vs_genl_ops,
	.n_small_ops = ARRAY_SIZE(ip_vs_genl_ops),
	.resv_start_op = IPVS_CMD_FLUSH + 1,
};

int __init ip_vs_genl_init(void)
{
	return genl_register_family(&ip_vs_genl_family);
}

void ip_vs_genl_exit(void)
{
	genl_unregister_family(&ip_vs_genl_family);
}

MODULE_ALIAS_GENL_FAMILY(IPVS_GENL_NAME);

// SPDX-License-Identifier: GPL-2.0-only

/* Attributes to typed requests. Liberal as the family always was: unknown
 * attributes are ignored, nests need no flag.
 */

#include "genl.h"

const struct nla_policy ip_vs_cmd_policy[IPVS_CMD_ATTR_MAX + 1] = {
	[IPVS_CMD_ATTR_SERVICE]		= { .type = NLA_NESTED },
	[IPVS_CMD_ATTR_DEST]		= { .type = NLA_NESTED },
	[IPVS_CMD_ATTR_DAEMON]		= { .type = NLA_NESTED },
	[IPVS_CMD_ATTR_TIMEOUT_TCP]	= { .type = NLA_U32 },
	[IPVS_CMD_ATTR_TIMEOUT_TCP_FIN]	= { .type = NLA_U32 },
	[IPVS_CMD_ATTR_TIMEOUT_UDP]	= { .type = NLA_U32 },
	[IPVS_CMD_ATTR_CONSISTENT]	= { .type = NLA_FLAG },
};

static const struct nla_policy svc_policy[IPVS_SVC_ATTR_MAX + 1] = {
	[IPVS_SVC_ATTR_AF]		= { .type = NLA_U16 },
	[IPVS_SVC_ATTR_PROTOCOL]	= { .type = NLA_U16 },
	[IPVS_SVC_ATTR_ADDR]		= { .type = NLA_BINARY,
					    .len = sizeof(union nf_inet_addr) },
	[IPVS_SVC_ATTR_PORT]		= { .type = NLA_U16 },
	[IPVS_SVC_ATTR_FWMARK]		= { .type = NLA_U32 },
	[IPVS_SVC_ATTR_SCHED_NAME]	= { .type = NLA_NUL_STRING,
					    .len = IP_VS_SCHEDNAME_MAXLEN - 1 },
	[IPVS_SVC_ATTR_PE_NAME]		= { .type = NLA_NUL_STRING,
					    .len = IP_VS_PENAME_MAXLEN },
	[IPVS_SVC_ATTR_FLAGS]		= { .type = NLA_BINARY,
					    .len = sizeof(struct ip_vs_flags) },
	[IPVS_SVC_ATTR_TIMEOUT]		= { .type = NLA_U32 },
	[IPVS_SVC_ATTR_NETMASK]		= { .type = NLA_U32 },
	[IPVS_SVC_ATTR_STATS]		= { .type = NLA_NESTED },
};

static const struct nla_policy dest_policy[IPVS_DEST_ATTR_MAX + 1] = {
	[IPVS_DEST_ATTR_ADDR]		= { .type = NLA_BINARY,
					    .len = sizeof(union nf_inet_addr) },
	[IPVS_DEST_ATTR_PORT]		= { .type = NLA_U16 },
	[IPVS_DEST_ATTR_FWD_METHOD]	= { .type = NLA_U32 },
	[IPVS_DEST_ATTR_WEIGHT]		= { .type = NLA_U32 },
	[IPVS_DEST_ATTR_U_THRESH]	= { .type = NLA_U32 },
	[IPVS_DEST_ATTR_L_THRESH]	= { .type = NLA_U32 },
	[IPVS_DEST_ATTR_ACTIVE_CONNS]	= { .type = NLA_U32 },
	[IPVS_DEST_ATTR_INACT_CONNS]	= { .type = NLA_U32 },
	[IPVS_DEST_ATTR_PERSIST_CONNS]	= { .type = NLA_U32 },
	[IPVS_DEST_ATTR_STATS]		= { .type = NLA_NESTED },
	[IPVS_DEST_ATTR_ADDR_FAMILY]	= { .type = NLA_U16 },
	[IPVS_DEST_ATTR_TUN_TYPE]	= { .type = NLA_U8 },
	[IPVS_DEST_ATTR_TUN_PORT]	= { .type = NLA_U16 },
	[IPVS_DEST_ATTR_TUN_FLAGS]	= { .type = NLA_U16 },
};

#define DAEMON_PARSE_MAX	IPVS_DAEMON_ATTR_MCAST_TTL

static const struct nla_policy daemon_policy[DAEMON_PARSE_MAX + 1] = {
	[IPVS_DAEMON_ATTR_STATE]	= { .type = NLA_U32 },
	[IPVS_DAEMON_ATTR_MCAST_IFN]	= { .type = NLA_NUL_STRING,
					    .len = IP_VS_IFNAME_MAXLEN - 1 },
	[IPVS_DAEMON_ATTR_SYNC_ID]	= { .type = NLA_U32 },
	[IPVS_DAEMON_ATTR_SYNC_MAXLEN]	= { .type = NLA_U16 },
	[IPVS_DAEMON_ATTR_MCAST_GROUP]	= { .type = NLA_U32 },
	[IPVS_DAEMON_ATTR_MCAST_GROUP6]	= { .len = sizeof(struct in6_addr) },
	[IPVS_DAEMON_ATTR_MCAST_PORT]	= { .type = NLA_U16 },
	[IPVS_DAEMON_ATTR_MCAST_TTL]	= { .type = NLA_U8 },
};

/* One attribute of a nest that must be there: 0 or -EINVAL. */
#define NEED(prefix, name, nest, tb, extack) ({				\
	int __err = 0;							\
									\
	if (NL_REQ_ATTR_CHECK(extack, nest, tb, prefix ## name)) {	\
		NL_SET_ERR_MSG(extack, #name " is missing");		\
		__err = -EINVAL;					\
	}								\
	__err;								\
})

#define REFUSE(extack, attr, err, msg) ({				\
	NL_SET_ERR_MSG_ATTR(extack, attr, msg);				\
	-(err);								\
})

static int nest_parse(struct nlattr **tb, int max, const struct nlattr *nest,
		      const struct nla_policy *policy,
		      struct netlink_ext_ack *extack)
{
	if (nla_parse_nested_deprecated(tb, max, nest, policy, extack))
		return -EINVAL;
	return 0;
}

static void addr_read(union nf_inet_addr *addr, const struct nlattr *attr)
{
	memset(addr, 0, sizeof(*addr));
	nla_memcpy(addr, attr, sizeof(*addr));
}

static bool family_valid(u16 family)
{
	return family == AF_INET ||
	       (family == AF_INET6 && ipv6_mod_enabled());
}

/* Services. */

static int key_check(struct nlattr **tb, const struct nlattr *nest,
		     struct netlink_ext_ack *extack)
{
	int err = NEED(IPVS_SVC_ATTR_, AF, nest, tb, extack);

	if (err)
		return err;
	if (!tb[IPVS_SVC_ATTR_FWMARK])
		err = NEED(IPVS_SVC_ATTR_, PROTOCOL, nest, tb, extack) ?:
		      NEED(IPVS_SVC_ATTR_, ADDR, nest, tb, extack) ?:
		      NEED(IPVS_SVC_ATTR_, PORT, nest, tb, extack);
	if (err)
		return err;
	if (!family_valid(nla_get_u16(tb[IPVS_SVC_ATTR_AF])))
		return REFUSE(extack, tb[IPVS_SVC_ATTR_AF], EAFNOSUPPORT,
			      "AF is neither IPv4 nor IPv6");
	return 0;
}

/* The mark 0 has always stood for the TCP service of no address. A protocol
 * beyond 8 bits is one that no service can have.
 */
static void key_read(struct nlattr **tb, struct ip_vs_svc_key *key)
{
	union nf_inet_addr addr;

	memset(key, 0, sizeof(*key));
	key->family = nla_get_u16(tb[IPVS_SVC_ATTR_AF]);
	if (tb[IPVS_SVC_ATTR_FWMARK]) {
		key->fwmark = nla_get_u32(tb[IPVS_SVC_ATTR_FWMARK]);
		if (!key->fwmark)
			key->protocol = IPPROTO_TCP;
		return;
	}
	key->protocol = min_t(u16, nla_get_u16(tb[IPVS_SVC_ATTR_PROTOCOL]),
			      IPPROTO_RAW);
	key->port = nla_get_be16(tb[IPVS_SVC_ATTR_PORT]);
	addr_read(&addr, tb[IPVS_SVC_ATTR_ADDR]);
	ip_vs_addr_copy(key->family, &key->addr, &addr);
}

static int svc_nest(struct nlattr **tb, const struct nlattr *attr,
		    struct ip_vs_svc_key *key, struct netlink_ext_ack *extack)
{
	int err;

	if (!attr) {
		NL_SET_ERR_MSG(extack, "SERVICE is missing");
		return -EINVAL;
	}
	err = nest_parse(tb, IPVS_SVC_ATTR_MAX, attr, svc_policy, extack) ?:
	      key_check(tb, attr, extack);
	if (!err)
		key_read(tb, key);
	return err;
}

int ip_vs_genl_parse_key(const struct nlattr *attr, struct ip_vs_svc_key *key,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IPVS_SVC_ATTR_MAX + 1];

	return svc_nest(tb, attr, key, extack);
}

static int svc_check(struct nlattr **tb, const struct nlattr *nest,
		     struct netlink_ext_ack *extack)
{
	return NEED(IPVS_SVC_ATTR_, SCHED_NAME, nest, tb, extack) ?:
	       NEED(IPVS_SVC_ATTR_, FLAGS, nest, tb, extack) ?:
	       NEED(IPVS_SVC_ATTR_, TIMEOUT, nest, tb, extack) ?:
	       NEED(IPVS_SVC_ATTR_, NETMASK, nest, tb, extack);
}

int ip_vs_genl_parse_svc(const struct nlattr *attr, struct ip_vs_svc_key *key,
			 struct ip_vs_svc_config *cfg,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IPVS_SVC_ATTR_MAX + 1];
	struct ip_vs_flags flags = {};
	int err;

	err = svc_nest(tb, attr, key, extack) ?: svc_check(tb, attr, extack);
	if (err)
		return err;
	nla_memcpy(&flags, tb[IPVS_SVC_ATTR_FLAGS], sizeof(flags));
	nla_strscpy(cfg->sched_name, tb[IPVS_SVC_ATTR_SCHED_NAME],
		    sizeof(cfg->sched_name));
	cfg->pe_name[0] = '\0';
	if (tb[IPVS_SVC_ATTR_PE_NAME])
		nla_strscpy(cfg->pe_name, tb[IPVS_SVC_ATTR_PE_NAME],
			    sizeof(cfg->pe_name));
	cfg->flags = flags.flags;
	cfg->flags_mask = flags.mask;
	cfg->timeout = nla_get_u32(tb[IPVS_SVC_ATTR_TIMEOUT]);
	cfg->netmask = nla_get_be32(tb[IPVS_SVC_ATTR_NETMASK]);
	return 0;
}

/* Real servers. */

static int dest_nest(struct nlattr **tb, const struct nlattr *attr, u8 family,
		     struct ip_vs_dest_id *id, struct netlink_ext_ack *extack)
{
	u16 af = 0;
	int err;

	if (!attr) {
		NL_SET_ERR_MSG(extack, "DEST is missing");
		return -EINVAL;
	}
	err = nest_parse(tb, IPVS_DEST_ATTR_MAX, attr, dest_policy, extack) ?:
	      NEED(IPVS_DEST_ATTR_, ADDR, attr, tb, extack) ?:
	      NEED(IPVS_DEST_ATTR_, PORT, attr, tb, extack);
	if (err)
		return err;
	if (tb[IPVS_DEST_ATTR_ADDR_FAMILY])
		af = nla_get_u16(tb[IPVS_DEST_ATTR_ADDR_FAMILY]);
	if (!af)
		af = family;
	if (!family_valid(af))
		return REFUSE(extack, tb[IPVS_DEST_ATTR_ADDR_FAMILY],
			      EAFNOSUPPORT,
			      "ADDR_FAMILY is neither IPv4 nor IPv6");
	id->family = af;
	id->port = nla_get_be16(tb[IPVS_DEST_ATTR_PORT]);
	addr_read(&id->addr, tb[IPVS_DEST_ATTR_ADDR]);
	return 0;
}

int ip_vs_genl_parse_dest_id(const struct nlattr *attr, u8 family,
			     struct ip_vs_dest_id *id,
			     struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IPVS_DEST_ATTR_MAX + 1];

	return dest_nest(tb, attr, family, id, extack);
}

static int dest_check(struct nlattr **tb, const struct nlattr *nest,
		      struct netlink_ext_ack *extack)
{
	return NEED(IPVS_DEST_ATTR_, FWD_METHOD, nest, tb, extack) ?:
	       NEED(IPVS_DEST_ATTR_, WEIGHT, nest, tb, extack) ?:
	       NEED(IPVS_DEST_ATTR_, U_THRESH, nest, tb, extack) ?:
	       NEED(IPVS_DEST_ATTR_, L_THRESH, nest, tb, extack);
}

int ip_vs_genl_parse_dest(const struct nlattr *attr, u8 family,
			  struct ip_vs_dest_id *id,
			  struct ip_vs_dest_config *cfg,
			  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IPVS_DEST_ATTR_MAX + 1];
	int err;

	err = dest_nest(tb, attr, family, id, extack) ?:
	      dest_check(tb, attr, extack);
	if (err)
		return err;
	memset(cfg, 0, sizeof(*cfg));
	cfg->fwd = nla_get_u32(tb[IPVS_DEST_ATTR_FWD_METHOD]) &
		   IP_VS_CONN_F_FWD_MASK;
	cfg->weight = nla_get_u32(tb[IPVS_DEST_ATTR_WEIGHT]);
	cfg->u_threshold = nla_get_u32(tb[IPVS_DEST_ATTR_U_THRESH]);
	cfg->l_threshold = nla_get_u32(tb[IPVS_DEST_ATTR_L_THRESH]);
	if (tb[IPVS_DEST_ATTR_TUN_TYPE])
		cfg->tun_type = nla_get_u8(tb[IPVS_DEST_ATTR_TUN_TYPE]);
	if (tb[IPVS_DEST_ATTR_TUN_PORT])
		cfg->tun_port = nla_get_be16(tb[IPVS_DEST_ATTR_TUN_PORT]);
	if (tb[IPVS_DEST_ATTR_TUN_FLAGS])
		cfg->tun_flags = nla_get_u16(tb[IPVS_DEST_ATTR_TUN_FLAGS]);
	return 0;
}

/* Daemons. */

static int daemon_nest(struct nlattr **tb, const struct nlattr *attr,
		       u32 *state, struct netlink_ext_ack *extack)
{
	int err;

	if (!attr) {
		NL_SET_ERR_MSG(extack, "DAEMON is missing");
		return -EINVAL;
	}
	err = nest_parse(tb, DAEMON_PARSE_MAX, attr, daemon_policy, extack) ?:
	      NEED(IPVS_DAEMON_ATTR_, STATE, attr, tb, extack);
	if (!err)
		*state = nla_get_u32(tb[IPVS_DAEMON_ATTR_STATE]);
	return err;
}

int ip_vs_genl_parse_role(const struct nlattr *attr, u32 *state,
			  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[DAEMON_PARSE_MAX + 1];

	return daemon_nest(tb, attr, state, extack);
}

/* An IPv4 group goes before an IPv6 one. */
static void daemon_group(struct nlattr **tb, struct ip_vs_sync_config *cfg)
{
	const struct nlattr *group6 = tb[IPVS_DAEMON_ATTR_MCAST_GROUP6];
	const struct nlattr *group = tb[IPVS_DAEMON_ATTR_MCAST_GROUP];

	if (group) {
		cfg->group_family = AF_INET;
		cfg->group.ip = nla_get_in_addr(group);
	} else if (group6) {
		cfg->group_family = AF_INET6;
		cfg->group.in6 = nla_get_in6_addr(group6);
	}
}

static void daemon_read(struct nlattr **tb, struct ip_vs_sync_config *cfg)
{
	memset(cfg, 0, sizeof(*cfg));
	nla_strscpy(cfg->ifname, tb[IPVS_DAEMON_ATTR_MCAST_IFN],
		    sizeof(cfg->ifname));
	cfg->syncid = nla_get_u32(tb[IPVS_DAEMON_ATTR_SYNC_ID]);
	if (tb[IPVS_DAEMON_ATTR_SYNC_MAXLEN])
		cfg->maxlen = nla_get_u16(tb[IPVS_DAEMON_ATTR_SYNC_MAXLEN]);
	if (tb[IPVS_DAEMON_ATTR_MCAST_PORT])
		cfg->port = nla_get_u16(tb[IPVS_DAEMON_ATTR_MCAST_PORT]);
	if (tb[IPVS_DAEMON_ATTR_MCAST_TTL])
		cfg->ttl = nla_get_u8(tb[IPVS_DAEMON_ATTR_MCAST_TTL]);
	daemon_group(tb, cfg);
}

int ip_vs_genl_parse_daemon(const struct nlattr *attr, u32 *state,
			    struct ip_vs_sync_config *cfg,
			    struct netlink_ext_ack *extack)
{
	struct nlattr *tb[DAEMON_PARSE_MAX + 1];
	int err;

	err = daemon_nest(tb, attr, state, extack) ?:
	      NEED(IPVS_DAEMON_ATTR_, MCAST_IFN, attr, tb, extack) ?:
	      NEED(IPVS_DAEMON_ATTR_, SYNC_ID, attr, tb, extack);
	if (!err)
		daemon_read(tb, cfg);
	return err;
}

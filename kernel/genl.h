/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_GENL_H
#define _IP_VS_GENL_H

/* The generic netlink family "IPVS": attributes in, typed requests to ctl;
 * replies and dumps out.
 */

#include <net/genetlink.h>
#include <uapi/linux/ip_vs.h>

#include "ctl.h"

extern const struct nla_policy ip_vs_cmd_policy[IPVS_CMD_ATTR_MAX + 1];

/* Parsing. @attr NULL: missing. Each refusal has its sentence; errors of any
 * nested attribute are -EINVAL.
 */
int ip_vs_genl_parse_key(const struct nlattr *attr, struct ip_vs_svc_key *key,
			 struct netlink_ext_ack *extack);
int ip_vs_genl_parse_svc(const struct nlattr *attr, struct ip_vs_svc_key *key,
			 struct ip_vs_svc_config *cfg,
			 struct netlink_ext_ack *extack);
/* @family: of the service. */
int ip_vs_genl_parse_dest_id(const struct nlattr *attr, u8 family,
			     struct ip_vs_dest_id *id,
			     struct netlink_ext_ack *extack);
int ip_vs_genl_parse_dest(const struct nlattr *attr, u8 family,
			  struct ip_vs_dest_id *id,
			  struct ip_vs_dest_config *cfg,
			  struct netlink_ext_ack *extack);
int ip_vs_genl_parse_role(const struct nlattr *attr, u32 *state,
			  struct netlink_ext_ack *extack);
int ip_vs_genl_parse_daemon(const struct nlattr *attr, u32 *state,
			    struct ip_vs_sync_config *cfg,
			    struct netlink_ext_ack *extack);

/* The attributes of a reply; -EMSGSIZE. The first under the control mutex. */
int ip_vs_genl_fill_svc(struct sk_buff *skb, struct ip_vs_svc *svc);
int ip_vs_genl_fill_config(struct sk_buff *skb, struct ip_vs_net *ns);
int ip_vs_genl_fill_info(struct sk_buff *skb, struct ip_vs_net *ns);

int ip_vs_genl_dump_svcs(struct sk_buff *skb, struct netlink_callback *cb);
int ip_vs_genl_dump_dests(struct sk_buff *skb, struct netlink_callback *cb);
int ip_vs_genl_dump_daemons(struct sk_buff *skb, struct netlink_callback *cb);

int ip_vs_genl_init(void);
void ip_vs_genl_exit(void);

#endif

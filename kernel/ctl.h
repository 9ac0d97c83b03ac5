/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CTL_H
#define _IP_VS_CTL_H

/* The control plane: typed requests in, an errno and a sentence out. Both
 * netlink and (later) socket options end here. All functions take the
 * namespace's mutex themselves, may sleep, and change nothing when they fail.
 */

#include <linux/netlink.h>

#include "netns.h"

/* A service as a user wants it. For edits: flags = (old & ~mask) | flags. */
struct ip_vs_svc_config {
	char sched_name[IP_VS_SCHEDNAME_MAXLEN];	/* "none": without */
	char pe_name[IP_VS_PENAME_MAXLEN + 1];		/* "": without */
	u32 flags;
	u32 flags_mask;
	u32 timeout;		/* s */
	__be32 netmask;		/* IPv4 mask, IPv6 prefix length */
};

struct ip_vs_dest_id {
	union nf_inet_addr addr;
	__be16 port;
	u8 family;
};

/* @extack gets the sentence of a refusal. */
int ip_vs_ctl_svc_add(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		      const struct ip_vs_svc_config *cfg,
		      struct netlink_ext_ack *extack);
int ip_vs_ctl_svc_edit(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		       const struct ip_vs_svc_config *cfg,
		       struct netlink_ext_ack *extack);
int ip_vs_ctl_svc_del(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		      struct netlink_ext_ack *extack);
int ip_vs_ctl_flush(struct ip_vs_net *ns);
/* @key NULL: all, and the totals. */
int ip_vs_ctl_zero(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		   struct netlink_ext_ack *extack);

int ip_vs_ctl_dest_add(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		       const struct ip_vs_dest_id *id,
		       const struct ip_vs_dest_config *cfg,
		       struct netlink_ext_ack *extack);
int ip_vs_ctl_dest_edit(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
			const struct ip_vs_dest_id *id,
			const struct ip_vs_dest_config *cfg,
			struct netlink_ext_ack *extack);
int ip_vs_ctl_dest_del(struct ip_vs_net *ns, const struct ip_vs_svc_key *key,
		       const struct ip_vs_dest_id *id,
		       struct netlink_ext_ack *extack);

/* Seconds; 0: leave unchanged. */
struct ip_vs_ctl_timeouts {
	u32 tcp;
	u32 tcp_fin;
	u32 udp;
};
int ip_vs_ctl_timeouts_set(struct ip_vs_net *ns,
			   const struct ip_vs_ctl_timeouts *t,
			   struct netlink_ext_ack *extack);
void ip_vs_ctl_timeouts_get(struct ip_vs_net *ns, struct ip_vs_ctl_timeouts *t);

/* @state: IP_VS_STATE_MASTER or IP_VS_STATE_BACKUP. */
int ip_vs_ctl_daemon_start(struct ip_vs_net *ns, u32 state,
			   const struct ip_vs_sync_config *cfg,
			   struct netlink_ext_ack *extack);
int ip_vs_ctl_daemon_stop(struct ip_vs_net *ns, u32 state,
			  struct netlink_ext_ack *extack);

/* pernet_operations: on exit hooks, services and daemons go. */
int ip_vs_ctl_init(void);
void ip_vs_ctl_exit(void);

#endif

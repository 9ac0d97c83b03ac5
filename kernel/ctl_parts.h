/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CTL_PARTS_H
#define _IP_VS_CTL_PARTS_H

/* What the files of the control plane share: dests, then services, then
 * daemons. All under the control mutex unless said otherwise.
 */

#include "ctl.h"
#include "pe.h"
#include "sched.h"

/* NULL with a sentence when there is none. */
struct ip_vs_svc *ip_vs_ctl_svc_find(struct ip_vs_net *ns,
				     const struct ip_vs_svc_key *key,
				     struct netlink_ext_ack *extack);
/* Build a pool of svc->dests for @sched (NULL: none) and publish it. On failure
 * the old one stays.
 */
int ip_vs_ctl_pool_renew(struct ip_vs_net *ns, struct ip_vs_svc *svc,
			 const struct ip_vs_scheduler *sched,
			 struct netlink_ext_ack *extack);
/* All dests of a service on its way out go to the trash. */
void ip_vs_ctl_dests_remove(struct ip_vs_net *ns, struct ip_vs_svc *svc);
/* What is in the trash has no service @svc any more, or none (NULL). */
void ip_vs_ctl_dests_forget(struct ip_vs_net *ns, const struct ip_vs_svc *svc);
/* Remember what the user has seen, counters read 0 from here. */
void ip_vs_ctl_dest_zero(struct ip_vs_dest *dest);

/* The works; exit is called without the mutex when ns->dying is set. */
void ip_vs_ctl_dests_init(struct ip_vs_net *ns);
void ip_vs_ctl_dests_exit(struct ip_vs_net *ns);
void ip_vs_ctl_svcs_init(struct ip_vs_net *ns);
void ip_vs_ctl_svcs_exit(struct ip_vs_net *ns);
/* Without the mutex. */
void ip_vs_ctl_daemons_stop(struct ip_vs_net *ns);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_SYNC_SOCK_H
#define _IP_VS_SYNC_SOCK_H

/* The sockets of the sync daemons: UDP to, or from, a multicast group on one
 * interface. They pin neither the namespace nor the interface.
 */

#include <linux/net.h>
#include <net/net_namespace.h>

#include "sync.h"

enum ip_vs_sync_role {
	IP_VS_SYNC_MASTER,
	IP_VS_SYNC_BACKUP,
};

/* Replace what is unset by the defaults, what is out of range by the nearest
 * bound. -ENODEV: no such interface; -EINVAL: the group is none, or there are
 * too few ports above the first for @threads.
 */
int ip_vs_sync_config_fill(struct net *net, struct ip_vs_sync_config *cfg,
			   enum ip_vs_sync_role role, unsigned int threads);

/* The socket of thread @id for a filled configuration. @size: octets of buffer,
 * 0: leave alone. Takes RTNL. ERR_PTR: -ENODEV or what the socket says.
 */
struct socket *ip_vs_sync_sock_open(struct net *net,
				    const struct ip_vs_sync_config *cfg,
				    enum ip_vs_sync_role role, unsigned int id,
				    int size);

/* Names the threads of a namespace. */
unsigned int ip_vs_sync_net_id(const struct net *net);

#endif

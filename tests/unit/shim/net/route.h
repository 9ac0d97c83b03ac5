/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_ROUTE_H
#define _SHIM_NET_ROUTE_H

#include <net/dst.h>

struct net {
	int genid;
};

struct net_device {
	struct net *net;
};

struct rtable {
	struct dst_entry dst;
	int rt_genid;
};

static inline const void *dst_xfrm(const struct dst_entry *dst)
{
	(void)dst;
	return NULL;
}

static inline const struct net *dev_net(const struct net_device *dev)
{
	return dev->net;
}

static inline int rt_genid_ipv4(const struct net *net)
{
	return net->genid;
}

#endif

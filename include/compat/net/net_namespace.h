/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_COMPAT_NET_NET_NAMESPACE_H
#define _IP_VS_COMPAT_NET_NET_NAMESPACE_H

#include_next <net/net_namespace.h>

/* Since 6.6 the old name is a macro around this one. Before, the table ends
 * with an empty entry, which callers must therefore keep behind @size.
 */
#ifndef register_net_sysctl
#define register_net_sysctl_sz(net, path, table, size)	\
	register_net_sysctl(net, path, table)
#endif

#endif

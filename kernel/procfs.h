/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_PROCFS_H
#define _IP_VS_PROCFS_H

/* /proc/net/ip_vs, ip_vs_conn, ip_vs_conn_sync, ip_vs_stats and
 * ip_vs_stats_percpu of each namespace, in the in-tree formats.
 */
int ip_vs_procfs_init(void);
void ip_vs_procfs_exit(void);

#endif

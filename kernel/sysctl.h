/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_SYSCTL_H
#define _IP_VS_SYSCTL_H

/* /proc/sys/net/ipv4/vs of each namespace: what the data plane has, no more. */
int ip_vs_sysctl_init(void);
void ip_vs_sysctl_exit(void);

#endif

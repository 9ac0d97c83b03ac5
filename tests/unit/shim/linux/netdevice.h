/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_NETDEVICE_H
#define _SHIM_LINUX_NETDEVICE_H

static inline void synchronize_net(void) {}

#endif

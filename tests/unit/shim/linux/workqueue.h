/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_WORKQUEUE_H
#define _SHIM_LINUX_WORKQUEUE_H

/* For the layout alone: nothing is queued here. */
struct delayed_work {
	char none;
};

#endif

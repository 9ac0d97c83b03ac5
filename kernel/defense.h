/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_DEFENSE_H
#define _IP_VS_DEFENSE_H

/* What a director does when it is flooded with new connections: drop one in so
 * many (drop_packet), end those that look abandoned (drop_entry), believe TCP
 * clients later (secure_tcp). Each is off (0), always on (3), or on while memory
 * is short (1, shown as 2 then). See Documentation/networking/ipvs-sysctl.rst.
 *
 * Who changes one sees to it, and while any of them is not off so does a worker,
 * once a second.
 */

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

#include "limits.h"

struct ip_vs_defense {
	/* sysctls */
	int drop_entry;
	int drop_packet;
	int secure_tcp;
	int amemthresh;		/* pages, free or of buffers */
	int am_droprate;

	int rate;		/* one new connection in so many; 0: none */
	atomic_t newcomers;
	/* The worker's: how many of so few packets may stay still. */
	u8 spared[IP_VS_DEFENSE_FEW + 1];
	struct mutex mutex;	/* of those who look at modes and memory */
	struct delayed_work work;
};

void ip_vs_defense_init(struct ip_vs_defense *d);
/* A mode has been written: it holds from now on. Sleeps. */
void ip_vs_defense_changed(struct ip_vs_defense *d);
/* Nobody can write any more. Sleeps. */
void ip_vs_defense_exit(struct ip_vs_defense *d);

bool ip_vs_defense_counts_out(struct ip_vs_defense *d, int rate);

/* Is this new connection one of those that are dropped? BH disabled. */
static inline bool ip_vs_defense_drops(struct ip_vs_defense *d)
{
	int rate = READ_ONCE(d->rate);

	return unlikely(rate) && ip_vs_defense_counts_out(d, rate);
}

#endif

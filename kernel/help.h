/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_HELP_H
#define _IP_VS_HELP_H

/* What only connections have whose payload a helper reads, or whose sequence
 * numbers are shifted; behind the connection in memory, see conn.h.
 */

#include <linux/atomic.h>

#include "seq.h"

struct ip_vs_app;

#define IP_VS_HELP_MEMORY	144	/* octets, the helper's own */

struct ip_vs_conn_help {
	/* NULL: another director's helper has shifted; else its module is
	 * held, and the connection counted in @users, until it ends
	 */
	const struct ip_vs_app *app;
	atomic_t *users;
	void (*end)(struct ip_vs_conn_help *help);
	/* of the client's and of the server's numbers; under c->lock */
	struct ip_vs_seq in_seq;
	struct ip_vs_seq out_seq;
	u8 memory[IP_VS_HELP_MEMORY] __aligned(8);	/* under c->lock */
};

#endif

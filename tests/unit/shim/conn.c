// SPDX-License-Identifier: GPL-2.0-only
/* Of the connection table, what the state machines call. */

#include "conn.h"

void ip_vs_conn_set_active(struct ip_vs_conn *c, bool active)
{
	lockdep_assert_held(&c->lock);
	if (active)
		c->flags &= ~IP_VS_CONN_F_INACTIVE;
	else
		c->flags |= IP_VS_CONN_F_INACTIVE;
}

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_STATES_H
#define _IP_VS_STATES_H

/* The states of connections, by the numbers of the sync wire, and how a
 * connection goes from one to another.
 */

#include "conn.h"

enum ip_vs_tcp_state {
	IP_VS_TCP_NONE,
	IP_VS_TCP_ESTABLISHED,
	IP_VS_TCP_SYN_SENT,
	IP_VS_TCP_SYN_RECV,
	IP_VS_TCP_FIN_WAIT,
	IP_VS_TCP_TIME_WAIT,
	IP_VS_TCP_CLOSE,
	IP_VS_TCP_CLOSE_WAIT,
	IP_VS_TCP_LAST_ACK,
	IP_VS_TCP_LISTEN,
	IP_VS_TCP_SYNACK,
	IP_VS_TCP_STATES,
};

/* Whom a TCP connection's packets are from, as far as the director sees them. */
struct ip_vs_tcp_view {
	enum ip_vs_dir dir;
	bool only_client;	/* it does not see the answers */
	bool secure;		/* sysctl secure_tcp: believe in it later */
};

/* The state after a packet with these flags (octet 13 of the header), a pure
 * function.
 */
u8 ip_vs_tcp_next(const struct ip_vs_tcp_view *view, u8 flags, u8 state);

enum ip_vs_sctp_state {
	IP_VS_SCTP_NONE,
	IP_VS_SCTP_INIT1,
	IP_VS_SCTP_INIT,
	IP_VS_SCTP_COOKIE_SENT,
	IP_VS_SCTP_COOKIE_REPLIED,
	IP_VS_SCTP_COOKIE_WAIT,
	IP_VS_SCTP_COOKIE,
	IP_VS_SCTP_COOKIE_ECHOED,
	IP_VS_SCTP_ESTABLISHED,
	IP_VS_SCTP_SHUTDOWN_SENT,
	IP_VS_SCTP_SHUTDOWN_RECEIVED,
	IP_VS_SCTP_SHUTDOWN_ACK_SENT,
	IP_VS_SCTP_REJECTED,
	IP_VS_SCTP_CLOSED,
	IP_VS_SCTP_STATES,
};

/* The same after a packet whose first chunk is of type @chunk. */
u8 ip_vs_sctp_next(enum ip_vs_dir dir, bool only_client, u8 chunk, u8 state);

/* Does a packet in @dir that leads to @next leave @c as it is? @timeout is what
 * @next has.
 */
static inline bool ip_vs_state_settled(const struct ip_vs_conn *c,
				       enum ip_vs_dir dir, u8 next, u32 timeout)
{
	return next == READ_ONCE(c->state) &&
	       READ_ONCE(c->timeout) == timeout &&
	       (dir == IP_VS_DIR_CLIENT ||
		!(READ_ONCE(c->flags) & IP_VS_CONN_F_NOOUTPUT));
}

/* Under c->lock. From a server's packet on it is known that we see them. */
static inline void ip_vs_state_enter(struct ip_vs_conn *c, enum ip_vs_dir dir,
				     u8 next, u32 timeout)
{
	if (dir == IP_VS_DIR_SERVER)
		WRITE_ONCE(c->flags, c->flags & ~IP_VS_CONN_F_NOOUTPUT);
	WRITE_ONCE(c->state, next);
	WRITE_ONCE(c->timeout, timeout);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_LIMITS_H
#define _IP_VS_LIMITS_H

/* Every constant and bound of the module, with its unit. */

/* Connection table: one wheel turn is the longest a connection waits between
 * two looks of the reaper, so it bounds how late an entry can go.
 */
#define IP_VS_WHEEL_TICKS_PER_SEC	4	/* ticks per second */
#define IP_VS_WHEEL_SLOTS		32	/* ticks per turn: 8 s */
#define IP_VS_WHEEL_LANES_MAX		8	/* lists per slot */

/* What the table of a namespace begins with and never falls below: binary
 * logarithms of its buckets (see conns.h).
 */
#define IP_VS_CONN_TAB_BITS		15
#define IP_VS_CONN_TAB_BITS_MIN		8
#define IP_VS_CONN_TAB_BITS_MAX		27

#define IP_VS_CONN_TIMEOUT_NEW		3	/* s, before the first state */
#define IP_VS_CONN_TIMEOUT_CONTROL	60	/* s, while children live */
#define IP_VS_CONN_TIMEOUT_MAX		(INT_MAX / HZ)	/* s */

/* A removed real server is kept this long for its revival. */
#define IP_VS_TRASH_IDLE		120	/* s without connections */
#define IP_VS_TRASH_PERIOD		60	/* s between two looks */

/* Virtual addresses, a bit each: so many tell 2000 of them from the rest well. */
#define IP_VS_ADDR_FILTER_BITS		12

#define IP_VS_INPUT_BITS		6	/* routes in that a CPU remembers */
#define IP_VS_WAITING_MAX	1024	/* packets, until there is a hook */
#define IP_VS_DEST_BUCKETS_BITS		8	/* real servers by address */

/* Defence against floods; the numbers of the in-tree module. */
#define IP_VS_DEFENSE_MEMORY		1024	/* pages: below that it is scarce */
#define IP_VS_DEFENSE_RATE		10	/* one new connection in so many */
#define IP_VS_DEFENSE_SHARE		32	/* of the table, one such each second */
#define IP_VS_DEFENSE_IDLE		60	/* s without packets */
#define IP_VS_DEFENSE_FEW		8	/* packets of who may be dropped */

#define IP_VS_RATE_PERIOD		2	/* s between two snapshots */

/* Synchronisation, facts of the wire: UDP payload sizes in octets. */
#define IP_VS_SYNC_GROUP		0xe0000051u	/* 224.0.0.81 */
#define IP_VS_SYNC_PORT			8848
#define IP_VS_SYNC_TTL			1
#define IP_VS_SYNC_HEADERS_V4		28	/* IPv4 + UDP */
#define IP_VS_SYNC_HEADERS_V6		48	/* IPv6 + UDP */
#define IP_VS_SYNC_MTU			1500
#define IP_VS_SYNC_RX_MIN		1024	/* least backup maxlen */
#define IP_VS_SYNC_DATAGRAM_MAX		65535
#define IP_VS_SYNC_THREADS_MAX		64
#define IP_VS_SYNC_FLUSH		2	/* s a half-full message waits */
#define IP_VS_SYNC_WAKEUP		8	/* messages that wake the sender */

#define IP_VS_SYNC_THRESHOLD		3	/* packets */
#define IP_VS_SYNC_PERIOD		50	/* packets */
#define IP_VS_SYNC_RETRIES_MAX		3

#define IP_VS_LOG			"IPVS: "

#endif

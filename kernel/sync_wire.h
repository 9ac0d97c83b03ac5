/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_SYNC_WIRE_H
#define _IP_VS_SYNC_WIRE_H

/* The sync protocol's bytes, versions 0 and 1, both directions. Pure: no
 * socket, no allocation, no lock; the caller's memory alone. Messages may lie
 * at any address.
 */

#include <linux/in.h>
#include <linux/in6.h>
#include <linux/netfilter.h>
#include <linux/types.h>
#include <uapi/linux/ip_vs.h>

#include "seq.h"

#define IP_VS_SYNC_COUNT_MAX	255	/* connections of a message, a u8 */

/* A connection or template as messages tell of it. What is borrowed lives as
 * long as the message (read) or is the caller's (written).
 */
struct ip_vs_sync_conn {
	union nf_inet_addr caddr;
	union nf_inet_addr vaddr;
	union nf_inet_addr daddr;
	u32 flags;		/* IP_VS_CONN_F_*, any; never HASHED */
	u32 fwmark;		/* version 0: 0 */
	u32 timeout;		/* s; version 0: 0 */
	u16 state;
	__be16 cport;
	__be16 vport;
	__be16 dport;
	u8 family;
	u8 protocol;
	bool has_seq;		/* read; written by IP_VS_CONN_F_SEQ_MASK */
	u8 pe_name_len;		/* 0: none; <= IP_VS_PENAME_MAXLEN, no NUL */
	u8 pe_data_len;		/* 0: none */
	const char *pe_name;	/* borrowed */
	const u8 *pe_data;	/* borrowed */
	struct ip_vs_seq in_seq;
	struct ip_vs_seq out_seq;
};

/* A message being written into the caller's @buf. */
struct ip_vs_sync_writer {
	u8 *buf;
	u32 max;		/* octets of @buf */
	u32 len;		/* octets used */
	u8 version;
	u8 count;		/* connections */
};

/* Octets of the header, and of @c without padding before it; 0: this version
 * cannot carry it (IPv6 in version 0, a PE name too long).
 */
u32 ip_vs_sync_header_size(u8 version);
u32 ip_vs_sync_conn_size(u8 version, const struct ip_vs_sync_conn *c);

/* @max at least the header, at most 65535. */
void ip_vs_sync_begin(struct ip_vs_sync_writer *w, u8 version, u8 syncid,
		      u8 *buf, u32 max);
/* 0; -EMSGSIZE: no room or counted out, begin another; -EAFNOSUPPORT: never.
 * Nothing is written then.
 */
int ip_vs_sync_append(struct ip_vs_sync_writer *w,
		      const struct ip_vs_sync_conn *c);
/* Octets to send. */
u32 ip_vs_sync_finish(struct ip_vs_sync_writer *w);

/* A message being read. */
struct ip_vs_sync_reader {
	const u8 *data;
	size_t len;
	size_t at;		/* <= len */
	unsigned int why;	/* IPVS_SYNC_CNT_RX_*, of a SKIP or STOP */
	u8 version;
	u8 left;		/* connections announced and not read yet */
};

enum ip_vs_sync_step {
	IP_VS_SYNC_END,
	IP_VS_SYNC_CONN,	/* the connection is filled in */
	IP_VS_SYNC_SKIP,	/* this one is refused, go on */
	IP_VS_SYNC_STOP,	/* this one and the rest are */
};

/* 0, or IPVS_SYNC_CNT_RX_*: refuse the whole message. @syncid 0 accepts any. */
unsigned int ip_vs_sync_open(struct ip_vs_sync_reader *r, u32 syncid,
			     const u8 *data, size_t len);
enum ip_vs_sync_step ip_vs_sync_next(struct ip_vs_sync_reader *r,
				     struct ip_vs_sync_conn *c);

#endif

// SPDX-License-Identifier: GPL-2.0-only
#include "sync_wire.h"

#include <asm/byteorder.h>
#include <linux/errno.h>
#include <linux/socket.h>
#include <linux/stddef.h>
#include <linux/string.h>

/* Layouts. All integers in network order, but for the sequence numbers of
 * version 0, which travel as the master's CPU has them. Bytes are copied from
 * and to these, so that alignment is nobody's concern.
 */
struct wire_header0 {
	u8 count;
	u8 syncid;
	__be16 size;		/* of the whole message */
};

struct wire_header1 {
	u8 reserved;		/* 0: to a reader of version 0, an empty one */
	u8 syncid;
	__be16 size;
	u8 count;
	s8 version;
	__be16 spare;
};

struct wire_conn0 {
	u8 reserved;
	u8 protocol;
	__be16 cport;
	__be16 vport;
	__be16 dport;
	__be32 caddr;
	__be32 vaddr;
	__be32 daddr;
	__be16 flags;
	__be16 state;
};

/* Three addresses follow, then options: type, length, data. */
struct wire_conn1 {
	u8 type;
	u8 protocol;
	__be16 ver_size;	/* 4 bits of version, 12 of size */
	__be32 flags;
	__be16 state;
	__be16 cport;
	__be16 vport;
	__be16 dport;
	__be32 fwmark;
	__be32 timeout;
};

struct wire_seq0 {
	struct ip_vs_seq in;
	struct ip_vs_seq out;
};

struct wire_seq1 {
	__be32 word[6];
};

_Static_assert(sizeof(struct wire_header0) == 4, "wire");
_Static_assert(sizeof(struct wire_header1) == 8, "wire");
_Static_assert(sizeof(struct wire_conn0) == 24, "wire");
_Static_assert(sizeof(struct wire_conn1) == 24, "wire");
_Static_assert(sizeof(struct wire_seq0) == 24, "wire");
_Static_assert(sizeof(struct wire_seq1) == 24, "wire");

#define WIRE_VERSION	1
#define TYPE_INET6	0x01
#define CONN_VERSION	12	/* shift */
#define CONN_SIZE	0x0fff	/* mask */
#define CONN_ALIGN	4	/* octets, from the start of the message */

enum wire_option {
	OPT_SEQ = 1,
	OPT_PE_DATA,
	OPT_PE_NAME,
};

#define OPT_HEADER	2	/* type, length */
#define OPT_IGNORABLE	0x40	/* unknown to the reader: no harm */

static u32 addr_size(u8 family)
{
	return family == AF_INET ? sizeof(__be32) : sizeof(struct in6_addr);
}

static u32 padding(size_t len)
{
	return -len & (CONN_ALIGN - 1);
}

/* Writing. */

u32 ip_vs_sync_header_size(u8 version)
{
	return version ? sizeof(struct wire_header1)
		       : sizeof(struct wire_header0);
}

u32 ip_vs_sync_conn_size(u8 version, const struct ip_vs_sync_conn *c)
{
	bool seq = c->flags & IP_VS_CONN_F_SEQ_MASK;
	u32 size;

	if (!version) {
		if (c->family != AF_INET)
			return 0;
		return sizeof(struct wire_conn0) +
		       (seq ? sizeof(struct wire_seq0) : 0);
	}
	if (c->pe_name_len > IP_VS_PENAME_MAXLEN)
		return 0;
	size = sizeof(struct wire_conn1) + 3 * addr_size(c->family);
	if (seq)
		size += OPT_HEADER + sizeof(struct wire_seq1);
	if (c->pe_data_len)
		size += OPT_HEADER + c->pe_data_len;
	if (c->pe_name_len)
		size += OPT_HEADER + c->pe_name_len;
	return size;
}

static void write_conn0(u8 *p, const struct ip_vs_sync_conn *c)
{
	const struct wire_conn0 w = {
		.protocol = c->protocol,
		.cport = c->cport,
		.vport = c->vport,
		.dport = c->dport,
		.caddr = c->caddr.ip,
		.vaddr = c->vaddr.ip,
		.daddr = c->daddr.ip,
		.flags = cpu_to_be16(c->flags & 0xffff & ~IP_VS_CONN_F_HASHED),
		.state = cpu_to_be16(c->state),
	};
	const struct wire_seq0 seq = { c->in_seq, c->out_seq };

	memcpy(p, &w, sizeof(w));
	if (c->flags & IP_VS_CONN_F_SEQ_MASK)
		memcpy(p + sizeof(w), &seq, sizeof(seq));
}

static u8 *write_bytes(u8 *p, const void *from, u32 len)
{
	memcpy(p, from, len);
	return p + len;
}

static u8 *write_option(u8 *p, u8 type, const void *data, u8 len)
{
	p[0] = type;
	p[1] = len;
	return write_bytes(p + OPT_HEADER, data, len);
}

static void write_options(u8 *p, const struct ip_vs_sync_conn *c)
{
	const struct wire_seq1 seq = { {
		cpu_to_be32(c->in_seq.init_seq),
		cpu_to_be32(c->in_seq.delta),
		cpu_to_be32(c->in_seq.previous_delta),
		cpu_to_be32(c->out_seq.init_seq),
		cpu_to_be32(c->out_seq.delta),
		cpu_to_be32(c->out_seq.previous_delta),
	} };

	if (c->flags & IP_VS_CONN_F_SEQ_MASK)
		p = write_option(p, OPT_SEQ, &seq, sizeof(seq));
	if (c->pe_data_len)
		p = write_option(p, OPT_PE_DATA, c->pe_data, c->pe_data_len);
	if (c->pe_name_len)
		write_option(p, OPT_PE_NAME, c->pe_name, c->pe_name_len);
}

static void write_conn1(u8 *p, const struct ip_vs_sync_conn *c, u32 size)
{
	const struct wire_conn1 w = {
		.type = c->family == AF_INET ? 0 : TYPE_INET6,
		.protocol = c->protocol,
		.ver_size = cpu_to_be16(size),
		.flags = cpu_to_be32(c->flags & ~IP_VS_CONN_F_HASHED),
		.state = cpu_to_be16(c->state),
		.cport = c->cport,
		.vport = c->vport,
		.dport = c->dport,
		.fwmark = cpu_to_be32(c->fwmark),
		.timeout = cpu_to_be32(c->timeout),
	};
	u32 len = addr_size(c->family);

	p = write_bytes(p, &w, sizeof(w));
	p = write_bytes(p, &c->caddr, len);
	p = write_bytes(p, &c->vaddr, len);
	p = write_bytes(p, &c->daddr, len);
	write_options(p, c);
}

void ip_vs_sync_begin(struct ip_vs_sync_writer *w, u8 version, u8 syncid,
		      u8 *buf, u32 max)
{
	w->buf = buf;
	w->max = max;
	w->version = version ? WIRE_VERSION : 0;
	w->count = 0;
	w->len = ip_vs_sync_header_size(version);
	memset(buf, 0, w->len);
	buf[offsetof(struct wire_header0, syncid)] = syncid;
}

int ip_vs_sync_append(struct ip_vs_sync_writer *w,
		      const struct ip_vs_sync_conn *c)
{
	u32 size = ip_vs_sync_conn_size(w->version, c);
	u32 pad = w->version ? padding(w->len) : 0;
	u8 *p = w->buf + w->len;

	if (!size)
		return -EAFNOSUPPORT;
	if (w->count == IP_VS_SYNC_COUNT_MAX || size + pad > w->max - w->len)
		return -EMSGSIZE;
	memset(p, 0, pad);
	if (w->version)
		write_conn1(p + pad, c, size);
	else
		write_conn0(p, c);
	w->len += pad + size;
	w->count++;
	return 0;
}

u32 ip_vs_sync_finish(struct ip_vs_sync_writer *w)
{
	u8 syncid = w->buf[offsetof(struct wire_header0, syncid)];
	const struct wire_header0 h0 = {
		.count = w->count,
		.syncid = syncid,
		.size = cpu_to_be16(w->len),
	};
	const struct wire_header1 h1 = {
		.syncid = syncid,
		.size = h0.size,
		.count = w->count,
		.version = WIRE_VERSION,
	};

	if (w->version)
		memcpy(w->buf, &h1, sizeof(h1));
	else
		memcpy(w->buf, &h0, sizeof(h0));
	return w->len;
}

/* Reading. */

/* Of a version 1 message at least its header is there. One whose first octet
 * is 0 is empty as version 0 goes, so what is long enough for a later header
 * and is not version 1 has been written by somebody we don't know.
 */
static unsigned int open_version(struct ip_vs_sync_reader *r)
{
	struct wire_header1 h;

	r->at = sizeof(struct wire_header0);
	r->version = 0;
	r->left = r->data[0];
	if (r->left || r->len < sizeof(h))
		return 0;
	memcpy(&h, r->data, sizeof(h));
	if (h.version != WIRE_VERSION || h.spare)
		return IPVS_SYNC_CNT_RX_BAD_VERSION;
	r->at = sizeof(h);
	r->version = WIRE_VERSION;
	r->left = h.count;
	return 0;
}

unsigned int ip_vs_sync_open(struct ip_vs_sync_reader *r, u32 syncid,
			     const u8 *data, size_t len)
{
	struct wire_header0 h;

	memset(r, 0, sizeof(*r));
	if (len < sizeof(h))
		return IPVS_SYNC_CNT_RX_BAD_LEN;
	memcpy(&h, data, sizeof(h));
	if (be16_to_cpu(h.size) != len)
		return IPVS_SYNC_CNT_RX_BAD_SIZE;
	if (syncid && h.syncid != syncid)
		return IPVS_SYNC_CNT_RX_BAD_SYNCID;
	r->data = data;
	r->len = len;
	return open_version(r);
}

static enum ip_vs_sync_step refuse(struct ip_vs_sync_reader *r,
				   enum ip_vs_sync_step step, unsigned int why)
{
	r->why = why;
	if (step == IP_VS_SYNC_STOP)
		r->left = 0;
	return step;
}

/* Combinations that no table entry can stand for; what is not a table's
 * business is left to the reader's caller.
 */
static bool flags_valid(u32 flags)
{
	const u32 portless = IP_VS_CONN_F_NO_CPORT | IP_VS_CONN_F_TEMPLATE;

	return (flags & portless) != portless &&
	       !(flags & IP_VS_CONN_F_ONE_PACKET) &&
	       (flags & IP_VS_CONN_F_FWD_MASK) <= IP_VS_CONN_F_BYPASS;
}

static enum ip_vs_sync_step judge(struct ip_vs_sync_reader *r,
				  struct ip_vs_sync_conn *c)
{
	c->flags &= ~IP_VS_CONN_F_HASHED;
	if (!flags_valid(c->flags))
		return refuse(r, IP_VS_SYNC_SKIP, IPVS_SYNC_CNT_RX_BAD_FLAGS);
	return IP_VS_SYNC_CONN;
}

static enum ip_vs_sync_step next0(struct ip_vs_sync_reader *r,
				  struct ip_vs_sync_conn *c)
{
	struct wire_conn0 w;
	struct wire_seq0 seq;
	size_t size = sizeof(w);

	if (r->len - r->at < size)
		return refuse(r, IP_VS_SYNC_STOP, IPVS_SYNC_CNT_RX_BAD_CONN);
	memcpy(&w, r->data + r->at, sizeof(w));
	c->family = AF_INET;
	c->protocol = w.protocol;
	c->cport = w.cport;
	c->vport = w.vport;
	c->dport = w.dport;
	c->caddr.ip = w.caddr;
	c->vaddr.ip = w.vaddr;
	c->daddr.ip = w.daddr;
	c->flags = be16_to_cpu(w.flags);
	c->state = be16_to_cpu(w.state);
	if (c->flags & IP_VS_CONN_F_SEQ_MASK) {
		size += sizeof(seq);
		if (r->len - r->at < size)
			return refuse(r, IP_VS_SYNC_STOP,
				      IPVS_SYNC_CNT_RX_BAD_CONN);
		memcpy(&seq, r->data + r->at + sizeof(w), sizeof(seq));
		c->has_seq = true;
		c->in_seq = seq.in;
		c->out_seq = seq.out;
	}
	r->at += size;
	return judge(r, c);
}

static bool read_seq(struct ip_vs_sync_conn *c, const u8 *p, u8 len)
{
	struct wire_seq1 seq;

	if (c->has_seq || len != sizeof(seq))
		return false;
	memcpy(&seq, p, sizeof(seq));
	c->has_seq = true;
	c->in_seq.init_seq = be32_to_cpu(seq.word[0]);
	c->in_seq.delta = be32_to_cpu(seq.word[1]);
	c->in_seq.previous_delta = be32_to_cpu(seq.word[2]);
	c->out_seq.init_seq = be32_to_cpu(seq.word[3]);
	c->out_seq.delta = be32_to_cpu(seq.word[4]);
	c->out_seq.previous_delta = be32_to_cpu(seq.word[5]);
	return true;
}

/* A known option: false if it is there twice or has a wrong length. */
static bool read_option(struct ip_vs_sync_conn *c, u8 type, const u8 *p,
			u8 len)
{
	switch (type) {
	case OPT_SEQ:
		return read_seq(c, p, len);
	case OPT_PE_DATA:
		if (c->pe_data_len)
			return false;
		c->pe_data = p;
		c->pe_data_len = len;
		return true;
	case OPT_PE_NAME:
		if (c->pe_name_len || len > IP_VS_PENAME_MAXLEN)
			return false;
		c->pe_name = (const char *)p;
		c->pe_name_len = len;
		return true;
	}
	return false;
}

static bool option_known(u8 type)
{
	return type >= OPT_SEQ && type <= OPT_PE_NAME;
}

/* Syntax errors end the message: what follows cannot be trusted. An option
 * that we ought to understand and don't ends the connection.
 */
static enum ip_vs_sync_step read_options(struct ip_vs_sync_conn *c,
					 const u8 *p, size_t len)
{
	while (len) {
		u8 type, size;

		if (len < OPT_HEADER)
			return IP_VS_SYNC_STOP;
		type = p[0];
		size = p[1];
		p += OPT_HEADER;
		len -= OPT_HEADER;
		if (!size || size > len)
			return IP_VS_SYNC_STOP;
		if (option_known(type & ~OPT_IGNORABLE)) {
			if (!read_option(c, type & ~OPT_IGNORABLE, p, size))
				return IP_VS_SYNC_STOP;
		} else if (!(type & OPT_IGNORABLE)) {
			return IP_VS_SYNC_SKIP;
		}
		p += size;
		len -= size;
	}
	return c->pe_data_len && !c->pe_name_len ? IP_VS_SYNC_SKIP
						 : IP_VS_SYNC_CONN;
}

static void read_conn1(struct ip_vs_sync_conn *c, const struct wire_conn1 *w,
		       const u8 *addr)
{
	u32 len = addr_size(c->family);

	c->protocol = w->protocol;
	c->flags = be32_to_cpu(w->flags);
	c->state = be16_to_cpu(w->state);
	c->cport = w->cport;
	c->vport = w->vport;
	c->dport = w->dport;
	c->fwmark = be32_to_cpu(w->fwmark);
	c->timeout = be32_to_cpu(w->timeout);
	memcpy(&c->caddr, addr, len);
	memcpy(&c->vaddr, addr + len, len);
	memcpy(&c->daddr, addr + 2 * len, len);
}

/* The size of the connection whose fixed part is @w and of which @room octets
 * may be there, or why there is none. Sets the family.
 */
static unsigned int size_conn1(const struct wire_conn1 *w, size_t room,
			       struct ip_vs_sync_conn *c, size_t *fixed,
			       size_t *size)
{
	u16 ver_size = be16_to_cpu(w->ver_size);

	if (ver_size >> CONN_VERSION)
		return IPVS_SYNC_CNT_RX_BAD_VERSION;
	if (w->type && !(w->type & TYPE_INET6))
		return IPVS_SYNC_CNT_RX_BAD_CONN;
	c->family = w->type ? AF_INET6 : AF_INET;
	*fixed = sizeof(*w) + 3 * addr_size(c->family);
	*size = ver_size & CONN_SIZE;
	if (*size < *fixed || *size > room)
		return IPVS_SYNC_CNT_RX_BAD_CONN;
	return 0;
}

static enum ip_vs_sync_step next1(struct ip_vs_sync_reader *r,
				  struct ip_vs_sync_conn *c)
{
	const u8 *p = r->data + r->at;
	size_t room = r->len - r->at, fixed, size;
	enum ip_vs_sync_step step;
	struct wire_conn1 w;
	unsigned int why;

	if (room < sizeof(w))
		return refuse(r, IP_VS_SYNC_STOP, IPVS_SYNC_CNT_RX_BAD_CONN);
	memcpy(&w, p, sizeof(w));
	why = size_conn1(&w, room, c, &fixed, &size);
	if (why)
		return refuse(r, IP_VS_SYNC_STOP, why);
	r->at += size;
	if (padding(r->at) <= r->len - r->at)
		r->at += padding(r->at);
	else
		r->at = r->len;
	read_conn1(c, &w, p + sizeof(w));
	step = read_options(c, p + fixed, size - fixed);
	if (step != IP_VS_SYNC_CONN)
		return refuse(r, step, IPVS_SYNC_CNT_RX_BAD_OPT);
	return judge(r, c);
}

enum ip_vs_sync_step ip_vs_sync_next(struct ip_vs_sync_reader *r,
				     struct ip_vs_sync_conn *c)
{
	if (!r->left)
		return IP_VS_SYNC_END;
	r->left--;
	memset(c, 0, sizeof(*c));
	return r->version ? next1(r, c) : next0(r, c);
}

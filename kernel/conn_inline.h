/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CONN_INLINE_H
#define _IP_VS_CONN_INLINE_H

/* Reading a connection; part of conn.h. */

static inline bool ip_vs_conn_is_template(const struct ip_vs_conn *c)
{
	return c->client.key.kind != IP_VS_TUPLE_PACKET;
}

/* What an engine keys it by, or NULL; as long as @c. */
static inline const struct ip_vs_pe_key *
ip_vs_conn_pe(const struct ip_vs_conn *c)
{
	return c->client.key.kind == IP_VS_TUPLE_ENGINE ? c->server.pe : NULL;
}

/* NULL: has none. */
static inline struct ip_vs_conn_help *ip_vs_conn_help(struct ip_vs_conn *c)
{
	return c->helped ? (struct ip_vs_conn_help *)&c->addr6[IP_VS_CONN_ADDR6]
			 : NULL;
}

static inline u32 ip_vs_conn_fwd(const struct ip_vs_conn *c)
{
	return READ_ONCE(c->flags) & IP_VS_CONN_F_FWD_MASK;
}

static inline u8 ip_vs_conn_family(const struct ip_vs_conn *c)
{
	return c->client.key.family;
}

static inline bool ip_vs_conn_dead(const struct ip_vs_conn *c)
{
	return atomic_read(&c->n_control) < 0;
}

/* A packet of it was seen now. */
static inline void ip_vs_conn_touch(struct ip_vs_conn *c)
{
	u32 now = (u32)jiffies;

	if (READ_ONCE(c->client.stamp) != now)
		WRITE_ONCE(c->client.stamp, now);
}

/* Jiffies left; 0: over, whatever the reaper has had time for. */
static inline u32 ip_vs_conn_left(const struct ip_vs_conn *c)
{
	u32 timeout = READ_ONCE(c->timeout);
	s32 idle = (u32)jiffies - READ_ONCE(c->client.stamp);

	/* Below 0: a tick has passed and a packet has come meanwhile. */
	if (unlikely(idle < 0))
		idle = 0;
	return (u32)idle >= timeout ? 0 : timeout - (u32)idle;
}

/* Addresses of the connection; readable as far as the family goes. */
static inline const union nf_inet_addr *
ip_vs_conn_caddr(const struct ip_vs_conn *c)
{
	return ip_vs_conn_family(c) == AF_INET
		? (const union nf_inet_addr *)&c->client.key.saddr
		: (const union nf_inet_addr *)&c->addr6[0];
}

static inline const union nf_inet_addr *
ip_vs_conn_vaddr(const struct ip_vs_conn *c)
{
	return ip_vs_conn_family(c) == AF_INET
		? (const union nf_inet_addr *)&c->client.key.daddr
		: (const union nf_inet_addr *)&c->addr6[1];
}

static inline __be16 ip_vs_conn_cport(const struct ip_vs_conn *c)
{
	return c->client.key.sport;
}

static inline __be16 ip_vs_conn_vport(const struct ip_vs_conn *c)
{
	return c->client.key.dport;
}

/* The real server's, of the family that ip_vs_conn_dfamily() says. A local real
 * server answers from the virtual address, and one at the end of a tunnel may
 * be of the other family: their addresses stand only with the dest.
 */
static inline const union nf_inet_addr *
ip_vs_conn_daddr(const struct ip_vs_conn *c)
{
	const struct ip_vs_dest *dest = rcu_dereference_raw(c->dest);

	if (dest && c->dest_addr)
		return &dest->addr;
	return ip_vs_conn_family(c) == AF_INET
		? (const union nf_inet_addr *)&c->server.key.saddr
		: (const union nf_inet_addr *)&c->addr6[2];
}

static inline u8 ip_vs_conn_dfamily(const struct ip_vs_conn *c)
{
	const struct ip_vs_dest *dest = rcu_dereference_raw(c->dest);

	return dest ? dest->family : ip_vs_conn_family(c);
}

static inline __be16 ip_vs_conn_dport(const struct ip_vs_conn *c)
{
	return c->server.key.sport;
}

#endif

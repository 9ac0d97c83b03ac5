// SPDX-License-Identifier: GPL-2.0-only
#include "app.h"

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/mutex.h>
#include <net/ip6_checksum.h>
#include <asm/unaligned.h>
#include <net/tcp.h>

#include "limits.h"
#include "nfct.h"

/* The registry: one slot a port. */

struct slot {
	const struct ip_vs_app __rcu *app;
	u16 port;
};

static struct slot slots[IP_VS_APP_SLOTS];	/* RCU */
unsigned int ip_vs_apps_used __read_mostly;	/* slots */
static DEFINE_MUTEX(slots_mutex);		/* of their writers */

static int find_slot(u16 port)
{
	unsigned int i;

	for (i = 0; i < IP_VS_APP_SLOTS; i++)
		if (rcu_access_pointer(slots[i].app) && slots[i].port == port)
			return i;
	return -1;
}

/* All or nothing: what has been there for a moment a connection may be bound to,
 * and the module of who fails to register is freed.
 */
static int slots_check(const struct ip_vs_app *app)
{
	unsigned int i, j, n = 0;

	for (i = 0; i < IP_VS_APP_PORTS; i++) {
		if (!app->port[i])
			continue;
		if (find_slot(app->port[i]) >= 0)
			return -EEXIST;
		for (j = 0; j < i; j++)
			if (app->port[j] == app->port[i])
				return -EEXIST;
		n++;
	}
	return ip_vs_apps_used + n <= IP_VS_APP_SLOTS ? 0 : -ENOSPC;
}

static void take_slot(const struct ip_vs_app *app, u16 port)
{
	unsigned int i = 0;

	while (rcu_access_pointer(slots[i].app))
		i++;
	slots[i].port = port;
	rcu_assign_pointer(slots[i].app, app);
	WRITE_ONCE(ip_vs_apps_used, ip_vs_apps_used + 1);
}

static void leave_slots(const struct ip_vs_app *app)
{
	unsigned int i;

	for (i = 0; i < IP_VS_APP_SLOTS; i++) {
		if (rcu_access_pointer(slots[i].app) != app)
			continue;
		RCU_INIT_POINTER(slots[i].app, NULL);
		WRITE_ONCE(ip_vs_apps_used, ip_vs_apps_used - 1);
	}
}

int ip_vs_app_register(const struct ip_vs_app *app)
{
	unsigned int i;
	int err;

	if (!app->name || !app->read)
		return -EINVAL;
	mutex_lock(&slots_mutex);
	err = slots_check(app);
	for (i = 0; i < IP_VS_APP_PORTS && !err; i++)
		if (app->port[i])
			take_slot(app, app->port[i]);
	mutex_unlock(&slots_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(ip_vs_app_register);

void ip_vs_app_unregister(const struct ip_vs_app *app)
{
	mutex_lock(&slots_mutex);
	leave_slots(app);
	mutex_unlock(&slots_mutex);
	synchronize_rcu();
}
EXPORT_SYMBOL_GPL(ip_vs_app_unregister);

const char *ip_vs_app_slot(unsigned int slot, u16 *port)
{
	const struct ip_vs_app *app = rcu_dereference(slots[slot].app);

	*port = READ_ONCE(slots[slot].port);
	return app ? app->name : NULL;
}

/* Binding. */

static void help_end(struct ip_vs_conn_help *help)
{
	atomic_dec(help->users);
	module_put(help->app->module);
}

static bool possible(const struct ip_vs_key *k, u32 flags)
{
	return k->protocol == IPPROTO_TCP && k->kind == IP_VS_TUPLE_PACKET &&
	       (flags & IP_VS_CONN_F_FWD_MASK) == IP_VS_CONN_F_MASQ;
}

bool ip_vs_app_possible(const struct ip_vs_conn *c)
{
	return possible(&c->client.key, READ_ONCE(c->flags));
}

static void bind(struct ip_vs_apps *apps, struct ip_vs_conn *c, int slot)
{
	struct ip_vs_conn_help *help = ip_vs_conn_help(c);
	const struct ip_vs_app *app = rcu_dereference(slots[slot].app);

	if (!app || !try_module_get(app->module))
		return;
	help->app = app;
	help->users = &apps->users[slot];
	help->end = help_end;
	atomic_inc(help->users);
	if (ip_vs_nfct_loaded())
		c->flags |= IP_VS_CONN_F_NFCT;
}

struct ip_vs_conn *ip_vs_app_conn_new_slow(struct ip_vs_apps *apps,
					   struct ip_vs_conn_spec *spec)
{
	const struct ip_vs_key *k = &spec->client->k;
	struct ip_vs_conn *c;
	int slot = -1;

	if (possible(k, spec->flags)) {
		slot = find_slot(ntohs(k->dport));
		spec->helped = slot >= 0 || spec->flags & IP_VS_CONN_F_SEQ_MASK;
	}
	c = ip_vs_conn_new(spec);
	if (c && slot >= 0)
		bind(apps, c, slot);
	return c;
}

/* Checksums. */

static bool checksum_good(const struct ip_vs_app_packet *a)
{
	const struct sk_buff *skb = a->skb;
	unsigned int len = skb->len - a->transport;
	__wsum sum;

	if (skb->ip_summed == CHECKSUM_PARTIAL ||
	    skb->ip_summed == CHECKSUM_UNNECESSARY)
		return true;
	sum = skb_checksum(skb, a->transport, len, 0);
	if (ip_vs_conn_family(a->c) == AF_INET)
		return !csum_tcpudp_magic(ip_hdr(skb)->saddr,
					  ip_hdr(skb)->daddr, len,
					  IPPROTO_TCP, sum);
	return !csum_ipv6_magic(&ipv6_hdr(skb)->saddr, &ipv6_hdr(skb)->daddr,
				len, IPPROTO_TCP, sum);
}

static struct tcphdr *tcp_header(const struct ip_vs_app_packet *a)
{
	return (void *)skb_network_header(a->skb) + a->transport;
}

/* What the device or the next check is to find. The length is part of the sum. */
static void seal(struct ip_vs_app_packet *a)
{
	struct sk_buff *skb = a->skb;
	unsigned int len = skb->len - a->transport;
	bool partial = skb->ip_summed == CHECKSUM_PARTIAL;
	struct tcphdr *th = tcp_header(a);
	__wsum sum = 0;

	th->check = 0;
	if (!partial)
		sum = skb_checksum(skb, a->transport, len, 0);
	if (ip_vs_conn_family(a->c) == AF_INET)
		th->check = csum_tcpudp_magic(ip_hdr(skb)->saddr,
					      ip_hdr(skb)->daddr, len,
					      IPPROTO_TCP, sum);
	else
		th->check = csum_ipv6_magic(&ipv6_hdr(skb)->saddr,
					    &ipv6_hdr(skb)->daddr, len,
					    IPPROTO_TCP, sum);
	if (partial)
		th->check = ~th->check;
	else if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
}

/* Sequence numbers. */

static void unshift_word(u8 *at, const struct ip_vs_seq *other)
{
	put_unaligned_be32(ip_vs_seq_unshift(other, get_unaligned_be32(at)),
			   at);
}

/* What has arrived out of order is told in pairs of numbers (RFC 2018). */
static void unshift_sack(struct tcphdr *th, const struct ip_vs_seq *other)
{
	u8 *option = (u8 *)(th + 1), *end = (u8 *)th + th->doff * 4;
	u8 i, size;

	while (option < end && *option != TCPOPT_EOL) {
		if (*option == TCPOPT_NOP) {
			option++;
			continue;
		}
		if (end - option < 2 || option[1] < 2 ||
		    option[1] > end - option)
			return;
		size = option[1];
		for (i = 2; *option == TCPOPT_SACK && i + 4 <= size; i += 4)
			unshift_word(option + i, other);
		option += size;
	}
}

/* @own: of the numbers in this direction; @other: of those acknowledged. */
static void shift(struct tcphdr *th, const struct ip_vs_seq *own,
		  const struct ip_vs_seq *other)
{
	th->seq = htonl(ip_vs_seq_shift(own, ntohl(th->seq)));
	if (!th->ack)
		return;
	th->ack_seq = htonl(ip_vs_seq_unshift(other, ntohl(th->ack_seq)));
	if (th->doff > sizeof(*th) / 4)
		unshift_sack(th, other);
}

/* Under c->lock. */
static void note(struct ip_vs_app_packet *a, struct ip_vs_seq *own, u32 seq)
{
	u32 flag = a->dir == IP_VS_DIR_CLIENT ? IP_VS_CONN_F_IN_SEQ
					      : IP_VS_CONN_F_OUT_SEQ;
	struct ip_vs_conn *c = a->c;

	ip_vs_seq_note(own, !(c->flags & flag), seq, a->diff);
	WRITE_ONCE(c->flags, c->flags | flag);
}

static bool read_payload(struct ip_vs_app_packet *a)
{
	struct ip_vs_conn_help *help = ip_vs_conn_help(a->c);

	if (!help->app || a->payload >= a->skb->len ||
	    READ_ONCE(a->c->state) != IP_VS_TCP_ESTABLISHED)
		return true;
	return help->app->read(a);
}

bool ip_vs_app_packet(struct ip_vs_app_packet *a)
{
	struct ip_vs_conn_help *help = ip_vs_conn_help(a->c);
	bool in = a->dir == IP_VS_DIR_CLIENT;
	struct ip_vs_seq *own = in ? &help->in_seq : &help->out_seq;
	struct ip_vs_seq *other = in ? &help->out_seq : &help->in_seq;
	struct tcphdr *th;
	u32 seq;

	if (skb_ensure_writable(a->skb, a->skb->len))
		return false;
	th = tcp_header(a);
	a->payload = a->transport + th->doff * 4;
	a->diff = 0;
	if (th->doff < sizeof(*th) / 4 || a->payload > a->skb->len ||
	    !checksum_good(a))
		return false;
	seq = ntohl(th->seq);
	if (!read_payload(a))
		return false;
	spin_lock_bh(&a->c->lock);
	if (READ_ONCE(a->c->flags) & IP_VS_CONN_F_SEQ_MASK)
		shift(tcp_header(a), own, other);
	if (a->diff)
		note(a, own, seq);
	spin_unlock_bh(&a->c->lock);
	seal(a);
	return true;
}

/* For helpers. */

static void set_length(struct sk_buff *skb, u8 family)
{
	struct iphdr *iph = ip_hdr(skb);

	if (family == AF_INET) {
		csum_replace2(&iph->check, iph->tot_len, htons(skb->len));
		iph->tot_len = htons(skb->len);
	} else {
		ipv6_hdr(skb)->payload_len =
			htons(skb->len - sizeof(struct ipv6hdr));
	}
}

/* A packet that has grown may be cut, though its sender did not ask for it. */
bool ip_vs_app_replace(struct ip_vs_app_packet *a, size_t at, size_t len,
		       const char *text, size_t size)
{
	struct sk_buff *skb = a->skb;
	size_t tail = skb->len - a->payload - at - len;
	int diff = size - len;
	u8 *where;

	if (skb->len + diff > U16_MAX)
		return false;
	if (diff > 0) {
		if (skb_tailroom(skb) < diff &&
		    pskb_expand_head(skb, 0, diff - skb_tailroom(skb),
				     GFP_ATOMIC))
			return false;
		__skb_put(skb, diff);
		skb->ignore_df = 1;
	}
	where = skb_network_header(skb) + a->payload + at;
	memmove(where + size, where + len, tail);
	memcpy(where, text, size);
	if (diff < 0)
		__skb_trim(skb, skb->len + diff);
	set_length(skb, ip_vs_conn_family(a->c));
	a->diff += diff;
	return true;
}
EXPORT_SYMBOL_GPL(ip_vs_app_replace);

static void data_tuple(const struct ip_vs_app_packet *a,
		       const struct ip_vs_app_data *data,
		       struct ip_vs_tuple *t)
{
	t->k.protocol = IPPROTO_TCP;
	t->k.kind = IP_VS_TUPLE_PACKET;
	t->k.dir = 0;
	t->k.sport = data->cport;
	t->k.dport = data->vport;
	ip_vs_tuple_set(t, ip_vs_conn_family(a->c), data->client,
			ip_vs_conn_vaddr(a->c));
	ip_vs_tuple_seal(t);
}

/* It lives as long as it would if it began now; a child of the one that told of
 * it, which stays until the child ends.
 */
static int expect_new(struct ip_vs_app_packet *a, const struct ip_vs_tuple *t,
		      __be16 dport)
{
	struct ip_vs_conn *c, *parent = a->c;
	struct ip_vs_conn_spec spec = {
		.client = t,
		.dport = dport,
		.state = IP_VS_TCP_LISTEN,
		.flags = (READ_ONCE(parent->flags) & IP_VS_CONN_F_NFCT) |
			 IP_VS_CONN_F_MASQ | IP_VS_CONN_F_INACTIVE |
			 (t->k.sport ? 0 : IP_VS_CONN_F_NO_CPORT),
		.fwmark = parent->fwmark,
		.timeout = READ_ONCE(a->timeouts->tcp[IP_VS_TCP_LISTEN]),
		.dest = rcu_dereference(parent->dest),
	};

	ip_vs_addr_copy(t->k.family, &spec.daddr, ip_vs_conn_daddr(parent));
	c = ip_vs_conn_new(&spec);
	if (!c)
		return -ENOMEM;
	if (!ip_vs_conn_control(c, parent)) {
		ip_vs_conn_drop(c);
		return -ENOMEM;
	}
	return ip_vs_conn_insert(a->conns, c, t);
}

/* The same once more, after an earlier transfer. */
static void expect_again(struct ip_vs_app_packet *a, struct ip_vs_conn *c)
{
	spin_lock_bh(&c->lock);
	WRITE_ONCE(c->state, IP_VS_TCP_LISTEN);
	WRITE_ONCE(c->timeout,
		   READ_ONCE(a->timeouts->tcp[IP_VS_TCP_LISTEN]));
	ip_vs_conn_set_active(c, false);
	spin_unlock_bh(&c->lock);
	ip_vs_conn_touch(c);
}

static int expect(struct ip_vs_app_packet *a, const struct ip_vs_tuple *t,
		  __be16 dport)
{
	struct ip_vs_conn *c = ip_vs_conn_find_client(a->conns, t);

	if (!c || ip_vs_conn_over(a->conns, c))
		return expect_new(a, t, dport);
	if (ip_vs_conn_dport(c) != dport ||
	    !ip_vs_addr_equal(t->k.family, ip_vs_conn_daddr(c),
			      ip_vs_conn_daddr(a->c)))
		return -EEXIST;
	expect_again(a, c);
	return 0;
}

/* Where a client waits conntrack's own helper has read: we leave that as it is. */
int ip_vs_app_expect(struct ip_vs_app_packet *a,
		     const struct ip_vs_app_data *data)
{
	struct ip_vs_tuple t;
	int err;

	data_tuple(a, data, &t);
	err = expect(a, &t, data->dport);
	if (!err && a->dir == IP_VS_DIR_SERVER)
		ip_vs_nfct_expect(a->skb, a->c, &t);
	return err;
}
EXPORT_SYMBOL_GPL(ip_vs_app_expect);

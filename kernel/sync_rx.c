// SPDX-License-Identifier: GPL-2.0-only
#include "sync_rx.h"

#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <net/sock.h>

#include "limits.h"
#include "pe.h"
#include "persist.h"
#include "sync_sock.h"
#include "sync_wire.h"

struct rx_thread {
	struct ip_vs_sync_rx *rx;
	struct socket *sock;
	struct task_struct *task;
	u8 *buf;		/* maxlen octets, the thread's */
};

struct ip_vs_sync_rx {
	struct ip_vs_sync_target target;
	struct ip_vs_sync_config cfg;
	unsigned int n;		/* threads */
	struct rx_thread thread[];
};

/* One connection of a message. What happened to it is a counter's number. */

#define RX_TEMPLATE_TIMEOUT	(3 * 60)	/* s, where the wire has none */
#define RX_TRIES		3	/* lookups of a table that moves on */

static bool is_template(const struct ip_vs_sync_conn *s)
{
	return s->flags & IP_VS_CONN_F_TEMPLATE;
}

static bool protocol_ours(u8 protocol)
{
	return ip_vs_proto_get(protocol);
}

/* Others may tell of connections of these; packets of them follow that of the
 * key exchange.
 */
static bool protocol_known(u8 protocol)
{
	return protocol == IPPROTO_AH || protocol == IPPROTO_ESP;
}

static unsigned int judge_protocol(const struct ip_vs_sync_conn *s)
{
	if (protocol_ours(s->protocol) ||
	    (is_template(s) && s->protocol == IPPROTO_IP))
		return 0;
	return protocol_known(s->protocol) ? IPVS_SYNC_CNT_RX_UNSUPPORTED
					   : IPVS_SYNC_CNT_RX_BAD_PROTO;
}

static unsigned int num_states(const struct ip_vs_sync_conn *s)
{
	if (is_template(s))
		return IP_VS_TEMPLATE_ASSURED + 1;
	return ip_vs_proto_get(s->protocol)->num_states;
}

/* No engine is loaded for a message: whoever sends any could load all. */
static unsigned int judge_pe(const struct ip_vs_sync_conn *s)
{
	const struct ip_vs_pe *pe;
	unsigned int why = 0;

	if (!s->pe_data_len || !is_template(s))
		return 0;
	rcu_read_lock();
	pe = ip_vs_pe_named(s->pe_name, s->pe_name_len);
	if (!pe)
		why = IPVS_SYNC_CNT_RX_UNSUPPORTED;
	else if (!pe->valid(s->pe_data, s->pe_data_len))
		why = IPVS_SYNC_CNT_RX_BAD_OPT;
	rcu_read_unlock();
	return why;
}

/* Why we can't have it, or 0. */
static unsigned int judge(const struct ip_vs_sync_conn *s)
{
	unsigned int why = judge_protocol(s);

	if (why)
		return why;
	if (s->state >= num_states(s))
		return IPVS_SYNC_CNT_RX_BAD_STATE;
	return judge_pe(s);
}

/* Unless it has a template to key, an engine's data is nobody's business. */
static bool conn_pe(const struct ip_vs_sync_conn *s, struct ip_vs_pe_key *pe)
{
	if (!s->pe_data_len || !is_template(s))
		return false;
	memset(pe, 0, sizeof(*pe));
	memcpy(pe->engine, s->pe_name, s->pe_name_len);
	pe->data = s->pe_data;
	pe->len = s->pe_data_len;
	return true;
}

/* @pe is the room for what @t points at. */
static void conn_tuple(const struct ip_vs_sync_conn *s, struct ip_vs_tuple *t,
		       struct ip_vs_pe_key *pe)
{
	t->k.family = s->family;
	t->k.protocol = s->protocol;
	t->k.kind = is_template(s) ? IP_VS_TUPLE_TEMPLATE : IP_VS_TUPLE_PACKET;
	t->k.dir = 0;
	t->k.sport = s->cport;
	t->k.dport = s->vport;
	ip_vs_tuple_set(t, s->family, &s->caddr, &s->vaddr);
	if (conn_pe(s, pe))
		ip_vs_tuple_seal_pe(t, pe);
	else
		ip_vs_tuple_seal(t);
}

/* The template of a mark service has the mark for an address; version 0 tells
 * it nowhere else.
 */
static u32 conn_fwmark(const struct ip_vs_sync_conn *s)
{
	if (!s->fwmark && is_template(s) && s->protocol == IPPROTO_IP)
		return be32_to_cpu(s->vaddr.ip);
	return s->fwmark;
}

/* A mark service's real servers have no port unless by NAT; those of any
 * service may go without.
 */
static struct ip_vs_dest *find_dest(const struct ip_vs_sync_target *target,
				    const struct ip_vs_sync_conn *s)
{
	u32 fwmark = conn_fwmark(s);
	bool masq = (s->flags & IP_VS_CONN_F_FWD_MASK) == IP_VS_CONN_F_MASQ;
	__be16 first = fwmark && !masq ? 0 : s->dport;
	struct ip_vs_svc_key key = {
		.port = s->vport,
		.family = s->family,
		.protocol = s->protocol,
	};
	struct ip_vs_svc *svc;
	struct ip_vs_dest *dest;

	ip_vs_addr_copy(s->family, &key.addr, &s->vaddr);
	svc = ip_vs_svcs_match(target->svcs, fwmark, &key);
	if (!svc)
		return NULL;
	dest = ip_vs_svc_find_dest(svc, s->family, &s->daddr, first);
	if (!dest)
		dest = ip_vs_svc_find_dest(svc, s->family, &s->daddr,
					   first ^ s->dport);
	return dest;
}

#define RX_METHOD	(IP_VS_CONN_F_FWD_MASK | IP_VS_CONN_F_NOOUTPUT)

/* The real server's own method counts, not the master's. */
static u32 method_of(const struct ip_vs_dest *dest)
{
	return ip_vs_dest_conn_flags(dest) & RX_METHOD;
}

static u32 new_flags(const struct ip_vs_sync_target *target,
		     const struct ip_vs_sync_conn *s,
		     const struct ip_vs_dest *dest)
{
	u32 flags = s->flags & IP_VS_CONN_F_BACKUP_MASK;

	if (s->cport || is_template(s))
		flags &= ~IP_VS_CONN_F_NO_CPORT;
	if (READ_ONCE(*target->conntrack) && !is_template(s))
		flags |= IP_VS_CONN_F_NFCT;
	if (dest)
		flags = (flags & ~RX_METHOD) | method_of(dest);
	return flags | IP_VS_CONN_F_SYNC;
}

static u32 conn_timeout(const struct ip_vs_sync_target *target,
			const struct ip_vs_sync_conn *s)
{
	const struct ip_vs_proto *proto;

	if (s->timeout)
		return min_t(u32, s->timeout, IP_VS_CONN_TIMEOUT_MAX) * HZ;
	if (is_template(s))
		return RX_TEMPLATE_TIMEOUT * HZ;
	proto = ip_vs_proto_get(s->protocol);
	return READ_ONCE(ip_vs_timeouts_of(target->timeouts, proto)[s->state]);
}

static bool same_server(const struct ip_vs_conn *c,
			const struct ip_vs_sync_conn *s)
{
	return ip_vs_conn_dport(c) == s->dport &&
	       ip_vs_addr_equal(s->family, ip_vs_conn_daddr(c), &s->daddr);
}

static void expire(const struct ip_vs_sync_target *target, struct ip_vs_conn *c)
{
	if (!ip_vs_conn_expire(target->conns, c))
		ip_vs_conn_detach(target->conns, c);
}

/* Under c->lock, or nobody sees @c. */
static void take_seqs(struct ip_vs_conn *c, const struct ip_vs_sync_conn *s)
{
	struct ip_vs_conn_help *help = ip_vs_conn_help(c);

	if (!s->has_seq || !help)
		return;
	help->in_seq = s->in_seq;
	help->out_seq = s->out_seq;
	WRITE_ONCE(c->flags,
		   c->flags | (s->flags & IP_VS_CONN_F_SEQ_MASK));
}

/* False: it has died under us. */
static bool conn_update(const struct ip_vs_sync_target *target,
			struct ip_vs_conn *c, const struct ip_vs_sync_conn *s)
{
	bool alive;

	spin_lock_bh(&c->lock);
	WRITE_ONCE(c->timeout, conn_timeout(target, s));
	ip_vs_conn_touch(c);
	WRITE_ONCE(c->state, s->state);
	WRITE_ONCE(c->synced_state, s->state);
	ip_vs_conn_set_active(c, !(s->flags & IP_VS_CONN_F_INACTIVE));
	atomic_set(&c->in_pkts, READ_ONCE(target->knobs->threshold));
	take_seqs(c, s);
	alive = !ip_vs_conn_dead(c) && !c->detached;
	spin_unlock_bh(&c->lock);
	return alive;
}

static unsigned int conn_create(const struct ip_vs_sync_target *target,
				const struct ip_vs_tuple *t,
				const struct ip_vs_sync_conn *s)
{
	struct ip_vs_dest *dest = find_dest(target, s);
	struct ip_vs_conn_spec spec = {
		.client = t,
		.daddr = s->daddr,
		.dport = s->dport,
		.state = s->state,
		.flags = new_flags(target, s, dest),
		.fwmark = conn_fwmark(s),
		.timeout = conn_timeout(target, s),
		.dest = dest,
	};
	struct ip_vs_conn *c = ip_vs_app_conn_new(target->apps, &spec);

	if (!c)
		return IPVS_SYNC_CNT_RX_NOMEM;
	take_seqs(c, s);
	atomic_set(&c->in_pkts, READ_ONCE(target->knobs->threshold));
	switch (ip_vs_conn_insert(target->conns, c, t)) {
	case 0:
		return IPVS_SYNC_CNT_RX_CONNS;
	case -EEXIST:
		return 0;
	default:
		return IPVS_SYNC_CNT_RX_NOMEM;
	}
}

/* Its real server may have come after it. Where that has another method than
 * the master said, or answers from elsewhere, the entry's indexes are wrong
 * and it is made anew; so it is where shifted sequence numbers find no place.
 */
static bool conn_adopt(const struct ip_vs_sync_target *target,
		       struct ip_vs_conn *c, const struct ip_vs_sync_conn *s)
{
	struct ip_vs_dest *dest;

	if (s->has_seq && !c->helped && ip_vs_app_possible(c)) {
		expire(target, c);
		return false;
	}
	if (rcu_access_pointer(c->dest))
		return true;
	dest = find_dest(target, s);
	if (!dest)
		return true;
	if ((method_of(dest) & IP_VS_CONN_F_FWD_MASK) == ip_vs_conn_fwd(c) &&
	    !test_bit(IP_VS_DEST_LOCAL, &dest->flags)) {
		ip_vs_conn_bind(c, dest);
		return true;
	}
	expire(target, c);
	return false;
}

/* 0: the table has changed meanwhile, look again. */
static unsigned int conn_try(const struct ip_vs_sync_target *target,
			     const struct ip_vs_tuple *t,
			     const struct ip_vs_sync_conn *s)
{
	struct ip_vs_conn *c = ip_vs_conn_find_client(target->conns, t);

	if (c && !same_server(c, s)) {
		if (!is_template(s) && s->flags & IP_VS_CONN_F_INACTIVE)
			return IPVS_SYNC_CNT_RX_IGNORED;
		expire(target, c);
		c = NULL;
	}
	if (c && !conn_adopt(target, c, s))
		c = NULL;
	if (!c)
		return conn_create(target, t, s);
	return conn_update(target, c, s) ? IPVS_SYNC_CNT_RX_CONNS : 0;
}

static unsigned int conn_take(const struct ip_vs_sync_target *target,
			      const struct ip_vs_sync_conn *s)
{
	unsigned int done = judge(s);
	struct ip_vs_pe_key pe;
	struct ip_vs_tuple t;
	int i;

	if (done)
		return done;
	conn_tuple(s, &t, &pe);
	rcu_read_lock();
	local_bh_disable();
	for (i = 0; i < RX_TRIES && !done; i++)
		done = conn_try(target, &t, s);
	local_bh_enable();
	rcu_read_unlock();
	return done ?: IPVS_SYNC_CNT_RX_IGNORED;
}

/* What bypasses its service goes where the client wants to; in-tree masters
 * name no server of it.
 */
static void name_server(struct ip_vs_sync_conn *s)
{
	if ((s->flags & IP_VS_CONN_F_FWD_MASK) != IP_VS_CONN_F_BYPASS)
		return;
	s->daddr = s->vaddr;
	s->dport = s->vport;
}

void ip_vs_sync_rx_message(const struct ip_vs_sync_target *target, u32 syncid,
			   const u8 *data, size_t len)
{
	struct ip_vs_sync_counters *counters = target->counters;
	struct ip_vs_sync_reader r;
	struct ip_vs_sync_conn conn;
	enum ip_vs_sync_step step;
	unsigned int what;

	ip_vs_sync_count(counters, IPVS_SYNC_CNT_RX_MSGS, 1);
	ip_vs_sync_count(counters, IPVS_SYNC_CNT_RX_BYTES, len);
	what = ip_vs_sync_open(&r, syncid, data, len);
	if (what) {
		ip_vs_sync_count(counters, what, 1);
		return;
	}
	while ((step = ip_vs_sync_next(&r, &conn)) != IP_VS_SYNC_END) {
		what = r.why;
		if (step == IP_VS_SYNC_CONN) {
			name_server(&conn);
			what = conn_take(target, &conn);
		}
		ip_vs_sync_count(counters, what, 1);
	}
}

/* Receiving. */

/* What does not fit is cut off, and then refused for its size. */
static int sock_receive(struct socket *sock, u8 *buf, size_t size)
{
	struct kvec vec = { .iov_base = buf, .iov_len = size };
	struct msghdr msg = {};

	return kernel_recvmsg(sock, &msg, &vec, 1, size, MSG_DONTWAIT);
}

static void thread_drain(struct rx_thread *t)
{
	const struct ip_vs_sync_rx *rx = t->rx;
	int len;

	while (!kthread_should_stop()) {
		len = sock_receive(t->sock, t->buf, rx->cfg.maxlen);
		if (len == -EAGAIN)
			return;
		if (len < 0)
			net_err_ratelimited(IP_VS_LOG
					    "sync: receiving failed: %d\n",
					    len);
		else
			ip_vs_sync_rx_message(&rx->target, rx->cfg.syncid,
					      t->buf, len);
		cond_resched();
	}
}

/* Sockets wake interruptible sleepers only. */
static int thread_main(void *data)
{
	struct rx_thread *t = data;
	struct sock *sk = t->sock->sk;

	while (!kthread_should_stop()) {
		wait_event_interruptible(*sk_sleep(sk),
			!skb_queue_empty_lockless(&sk->sk_receive_queue) ||
			kthread_should_stop());
		thread_drain(t);
	}
	return 0;
}

/* Life. */

static int thread_start(struct ip_vs_sync_rx *rx, unsigned int id)
{
	struct net *net = rx->target.net;
	struct rx_thread *t = &rx->thread[id];
	struct task_struct *task;

	t->rx = rx;
	t->buf = kvmalloc(rx->cfg.maxlen, GFP_KERNEL);
	if (!t->buf)
		return -ENOMEM;
	t->sock = ip_vs_sync_sock_open(net, &rx->cfg, IP_VS_SYNC_BACKUP, id,
				       READ_ONCE(rx->target.knobs->sock_size));
	if (IS_ERR(t->sock))
		return PTR_ERR(t->sock);
	task = kthread_run(thread_main, t, "ipvs-b:%u:%u",
			   ip_vs_sync_net_id(net), id);
	if (IS_ERR(task))
		return PTR_ERR(task);
	t->task = task;
	return 0;
}

/* Also what started half. */
static void thread_stop(struct rx_thread *t)
{
	if (t->task)
		kthread_stop(t->task);
	if (!IS_ERR_OR_NULL(t->sock))
		sock_release(t->sock);
	kvfree(t->buf);
}

struct ip_vs_sync_rx *
ip_vs_sync_rx_start(const struct ip_vs_sync_target *target,
		    const struct ip_vs_sync_config *cfg, unsigned int threads)
{
	struct ip_vs_sync_rx *rx;
	unsigned int i;
	int err;

	rx = kzalloc(struct_size(rx, thread, threads), GFP_KERNEL);
	if (!rx)
		return ERR_PTR(-ENOMEM);
	rx->target = *target;
	rx->cfg = *cfg;
	rx->n = threads;
	err = ip_vs_sync_config_fill(target->net, &rx->cfg, IP_VS_SYNC_BACKUP,
				     threads);
	for (i = 0; i < threads && !err; i++)
		err = thread_start(rx, i);
	if (!err)
		return rx;
	ip_vs_sync_rx_stop(rx);
	return ERR_PTR(err);
}

void ip_vs_sync_rx_stop(struct ip_vs_sync_rx *rx)
{
	unsigned int i;

	for (i = 0; i < rx->n; i++)
		thread_stop(&rx->thread[i]);
	kfree(rx);
}

const struct ip_vs_sync_config *
ip_vs_sync_rx_config(const struct ip_vs_sync_rx *rx)
{
	return &rx->cfg;
}

unsigned int ip_vs_sync_rx_threads(const struct ip_vs_sync_rx *rx)
{
	return rx->n;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "sync_tx.h"

#include <linux/hash.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <net/sock.h>

#include "limits.h"
#include "proto.h"
#include "sync_sock.h"
#include "sync_wire.h"

/* A datagram on its way out. */
struct tx_msg {
	struct list_head list;
	unsigned long began;	/* jiffies */
	struct ip_vs_sync_writer w;
	u8 data[];
};

/* Connections are spread over threads, each with a lock of its own, so that
 * two CPUs meet only on the same thread.
 */
struct tx_thread {
	spinlock_t lock;
	struct tx_msg *open;		/* being filled */
	struct list_head queue;		/* full ones */
	unsigned long queued;		/* length of @queue */

	/* the thread waits for @kicked, which the timer, a full queue or
	 * what cannot wait sets
	 */
	wait_queue_head_t wait;
	bool kicked;
	struct timer_list timer;

	struct ip_vs_sync_tx *tx;
	struct socket *sock;
	struct task_struct *task;
} ____cacheline_aligned_in_smp;

struct ip_vs_sync_tx {
	struct ip_vs_sync_config cfg;
	const struct ip_vs_sync_knobs *knobs;
	struct ip_vs_sync_counters *counters;
	unsigned int n;			/* threads, a power of two */
	unsigned long stop_by;		/* jiffies; see threads_stop() */
	struct tx_thread thread[];
};

#define TX_GATHER	max(HZ / 50, 1)	/* jiffies a full message waits */
#define TX_STUCK	HZ		/* jiffies for full sockets, stopping */

/* Which connections are told, and when. */

static bool persistent(const struct ip_vs_conn *c)
{
	const struct ip_vs_conn *t = c;

	while ((t = READ_ONCE(t->control)))
		if (ip_vs_conn_is_template(t))
			return true;
	return false;
}

enum tx_urgency {
	TX_NEVER,
	TX_REGULAR,	/* when it is time */
	TX_CHANGED,	/* the same, but a lost race for it is no reason */
	TX_NOW,
};

static enum tx_urgency urgency(const struct ip_vs_conn *c,
			       const struct ip_vs_sync_knobs *knobs)
{
	u8 protocol = c->client.key.protocol, state = READ_ONCE(c->state);
	const struct ip_vs_proto *proto;

	if (ip_vs_conn_is_template(c))
		return TX_REGULAR;
	if (READ_ONCE(knobs->persist_mode) && persistent(c))
		return TX_NEVER;
	proto = ip_vs_proto_get(protocol);
	if (!proto || !proto->synced(state))
		return TX_NEVER;
	if (state == READ_ONCE(c->synced_state))
		return TX_REGULAR;
	if ((protocol == IPPROTO_TCP && state == IP_VS_TCP_ESTABLISHED) ||
	    (protocol == IPPROTO_SCTP && state == IP_VS_SCTP_ESTABLISHED))
		return TX_CHANGED;
	return TX_NOW;
}

/* c->server.stamp holds when the backup's entry will have timed out, and in its
 * two lowest bits how often the last telling has been repeated.
 */
#define TX_RETRY_MASK	3u

/* Rate limit by time: the backup has heard of @c lately, when its end has not
 * moved far. Then only a few repetitions are due. @end is the new value; the
 * repetition is noted in it.
 */
static bool due_by_time(const struct ip_vs_conn *c, u32 told, u32 refresh,
			int retries, u32 *end)
{
	u32 timeout = READ_ONCE(c->timeout);
	u32 moved = abs((s32)(*end - told));
	u32 n = told & TX_RETRY_MASK;

	if (moved >= min(refresh, max_t(u32, timeout / 2, 10 * HZ)))
		return true;
	if ((int)n >= retries)
		return false;
	if ((s32)((u32)jiffies - (told - timeout + refresh / 8)) < 0)
		return false;
	*end |= n + 1;
	return true;
}

static bool due_by_count(const struct ip_vs_conn *c, u32 pkts, u32 refresh,
			 const struct ip_vs_sync_knobs *knobs)
{
	int threshold = READ_ONCE(knobs->threshold);
	int period = READ_ONCE(knobs->period);

	if (period > 0)
		return ip_vs_conn_is_template(c) || pkts % period == threshold;
	return refresh || pkts == threshold;
}

/* Of CPUs that come to the same conclusion at once, one is elected. */
static bool is_due(struct ip_vs_conn *c, u32 pkts,
		   const struct ip_vs_sync_knobs *knobs)
{
	enum tx_urgency urgent = urgency(c, knobs);
	u32 refresh = READ_ONCE(knobs->refresh);
	u32 told = READ_ONCE(c->server.stamp);
	u32 end = ((u32)jiffies + READ_ONCE(c->timeout)) & ~TX_RETRY_MASK;

	if (urgent == TX_NEVER)
		return false;
	if (urgent != TX_NOW) {
		if (refresh &&
		    !due_by_time(c, told, refresh, READ_ONCE(knobs->retries),
				 &end))
			return false;
		if (!due_by_count(c, pkts, refresh, knobs))
			return false;
	}
	WRITE_ONCE(c->synced_state, READ_ONCE(c->state));
	return cmpxchg(&c->server.stamp, told, end) == told ||
	       urgent >= TX_CHANGED;
}

/* Packing. */

static void conn_describe(const struct ip_vs_conn *c,
			  struct ip_vs_sync_conn *to)
{
	const struct ip_vs_pe_key *pe = ip_vs_conn_pe(c);
	u8 family = ip_vs_conn_family(c);

	memset(to, 0, sizeof(*to));
	to->family = family;
	to->protocol = c->client.key.protocol;
	to->cport = ip_vs_conn_cport(c);
	to->vport = ip_vs_conn_vport(c);
	to->dport = ip_vs_conn_dport(c);
	ip_vs_addr_copy(family, &to->caddr, ip_vs_conn_caddr(c));
	ip_vs_addr_copy(family, &to->vaddr, ip_vs_conn_vaddr(c));
	ip_vs_addr_copy(family, &to->daddr, ip_vs_conn_daddr(c));
	to->flags = READ_ONCE(c->flags);
	to->state = READ_ONCE(c->state);
	to->fwmark = c->fwmark;
	to->timeout = READ_ONCE(c->timeout) / HZ;
	if (pe) {
		to->pe_name = pe->engine;
		to->pe_name_len = strlen(pe->engine);
		to->pe_data = pe->data;
		to->pe_data_len = pe->len;
	}
}

/* The shifts change under the lock. */
static void conn_describe_seqs(struct ip_vs_conn *c,
			       struct ip_vs_sync_conn *to)
{
	struct ip_vs_conn_help *help = ip_vs_conn_help(c);

	if (!help)
		return;
	spin_lock_bh(&c->lock);
	to->flags = c->flags;
	to->in_seq = help->in_seq;
	to->out_seq = help->out_seq;
	spin_unlock_bh(&c->lock);
}

static void thread_kick(struct tx_thread *t)
{
	WRITE_ONCE(t->kicked, true);
	wake_up(&t->wait);
}

static void thread_timer(struct timer_list *timer)
{
	thread_kick(container_of(timer, struct tx_thread, timer));
}

/* Close the open message: queue it, or drop it if the thread cannot follow.
 * Under t->lock.
 */
static void msg_close(struct tx_thread *t)
{
	struct ip_vs_sync_tx *tx = t->tx;
	struct tx_msg *m = t->open;

	if (!m)
		return;
	t->open = NULL;
	if (t->queued >= READ_ONCE(tx->knobs->qlen_max)) {
		ip_vs_sync_count(tx->counters, IPVS_SYNC_CNT_TX_DROP_QUEUE, 1);
		kfree(m);
		return;
	}
	list_add_tail(&m->list, &t->queue);
	t->queued++;
	if (t->queued == 1)
		timer_reduce(&t->timer, jiffies + TX_GATHER);
	else if (t->queued % IP_VS_SYNC_WAKEUP == 0)
		thread_kick(t);
}

/* Under t->lock. A maxlen too short for one connection is not kept. */
static bool msg_open(struct tx_thread *t, u8 version, u32 first)
{
	const struct ip_vs_sync_config *cfg = &t->tx->cfg;
	u32 max = max_t(u32, cfg->maxlen,
			ip_vs_sync_header_size(version) + first);
	struct tx_msg *m;

	m = kmalloc(struct_size(m, data, max), GFP_ATOMIC | __GFP_NOWARN);
	if (!m)
		return false;
	m->began = jiffies;
	ip_vs_sync_begin(&m->w, version, cfg->syncid, m->data, max);
	t->open = m;
	timer_reduce(&t->timer, jiffies + IP_VS_SYNC_FLUSH * HZ);
	return true;
}

/* Under t->lock. */
static bool thread_append(struct tx_thread *t, u8 version,
			  const struct ip_vs_sync_conn *conn)
{
	u32 size = ip_vs_sync_conn_size(version, conn);

	if (t->open && t->open->w.version == version &&
	    !ip_vs_sync_append(&t->open->w, conn))
		return true;
	msg_close(t);
	return msg_open(t, version, size) &&
	       !ip_vs_sync_append(&t->open->w, conn);
}

static struct tx_thread *thread_of(struct ip_vs_sync_tx *tx,
				   const struct ip_vs_conn *c)
{
	return &tx->thread[hash_ptr(c, 8) & (tx->n - 1)];
}

static void conn_send(struct ip_vs_sync_tx *tx, struct ip_vs_conn *c,
		      u8 version)
{
	struct tx_thread *t = thread_of(tx, c);
	struct ip_vs_sync_conn conn;
	bool done;

	conn_describe(c, &conn);
	conn_describe_seqs(c, &conn);
	spin_lock_bh(&t->lock);
	done = thread_append(t, version, &conn);
	spin_unlock_bh(&t->lock);
	if (!done)
		ip_vs_sync_count(tx->counters, IPVS_SYNC_CNT_TX_DROP_NOMEM, 1);
}

/* One-packet connections end before a backup could make use of them; their
 * template does not. One whose place in the table another has taken is of no use,
 * either. Version 0 has no words for IPv6.
 */
static bool conn_consider(struct ip_vs_sync_tx *tx, struct ip_vs_conn *c,
			  u32 pkts, u8 version)
{
	if (READ_ONCE(c->flags) & IP_VS_CONN_F_ONE_PACKET)
		return version;
	if (ip_vs_conn_is_template(c) && READ_ONCE(c->detached))
		return false;
	if (!version && ip_vs_conn_family(c) != AF_INET)
		return false;
	if (is_due(c, pkts, tx->knobs)) {
		conn_send(tx, c, version);
		return true;
	}
	return version;
}

void ip_vs_sync_tx_conn(struct ip_vs_sync_tx *tx, struct ip_vs_conn *c,
			u32 pkts)
{
	u8 version = READ_ONCE(tx->knobs->version) ? 1 : 0;

	while (conn_consider(tx, c, pkts, version)) {
		c = READ_ONCE(c->control);
		if (!c)
			return;
		pkts = ip_vs_conn_is_template(c)
			? atomic_inc_return(&c->in_pkts)
			: READ_ONCE(tx->knobs->threshold);
	}
}

void ip_vs_sync_tx_now(struct ip_vs_sync_tx *tx, struct ip_vs_conn *c)
{
	u8 version = READ_ONCE(tx->knobs->version) ? 1 : 0;
	struct tx_thread *t = thread_of(tx, c);

	if (urgency(c, tx->knobs) == TX_NEVER ||
	    (!version && ip_vs_conn_family(c) != AF_INET))
		return;
	conn_send(tx, c, version);
	spin_lock_bh(&t->lock);
	msg_close(t);
	spin_unlock_bh(&t->lock);
	thread_kick(t);
}

/* Sending. */

static int sock_send(struct socket *sock, void *data, u32 len)
{
	struct msghdr msg = { .msg_flags = MSG_DONTWAIT | MSG_NOSIGNAL };
	struct kvec vec = { .iov_base = data, .iov_len = len };

	return kernel_sendmsg(sock, &msg, &vec, 1, len);
}

/* Of a thread that is to stop: jiffies that it may yet wait. */
static long time_left(const struct tx_thread *t)
{
	smp_rmb();	/* it has been told to after: threads_stop() */
	return max_t(long, t->tx->stop_by - jiffies, 0);
}

/* Wait for room in the socket. False: there is no more time for that. */
static bool sock_wait(struct tx_thread *t)
{
	struct sock *sk = t->sock->sk;
	long left;

	cond_resched();
	if (!kthread_should_stop()) {
		wait_event_interruptible_timeout(*sk_sleep(sk),
						 sock_writeable(sk) ||
						 kthread_should_stop(), HZ);
		return true;
	}
	left = time_left(t);
	if (left)
		wait_event_interruptible_timeout(*sk_sleep(sk),
						 sock_writeable(sk), left);
	return left;
}

static int msg_transmit(struct tx_thread *t, struct tx_msg *m, u32 len)
{
	int err;

	do
		err = sock_send(t->sock, m->data, len);
	while (err == -EAGAIN && sock_wait(t));
	return err;
}

static void msg_send(struct tx_thread *t, struct tx_msg *m)
{
	struct ip_vs_sync_counters *counters = t->tx->counters;
	u32 len = ip_vs_sync_finish(&m->w);
	int err = msg_transmit(t, m, len);

	if (err < 0) {
		ip_vs_sync_count(counters, IPVS_SYNC_CNT_TX_ERRORS, 1);
		net_err_ratelimited(IP_VS_LOG "sync: sending failed: %d\n",
				    err);
	} else {
		ip_vs_sync_count(counters, IPVS_SYNC_CNT_TX_MSGS, 1);
		ip_vs_sync_count(counters, IPVS_SYNC_CNT_TX_BYTES, len);
		ip_vs_sync_count(counters, IPVS_SYNC_CNT_TX_CONNS, m->w.count);
	}
	kfree(m);
}

/* Take all full messages; the open one as well when it has waited long enough
 * or this is the @last time.
 */
static void thread_take(struct tx_thread *t, struct list_head *taken, bool last)
{
	unsigned long flush;

	spin_lock_bh(&t->lock);
	list_splice_tail_init(&t->queue, taken);
	t->queued = 0;
	if (t->open) {
		flush = t->open->began + IP_VS_SYNC_FLUSH * HZ;
		if (last || time_after_eq(jiffies, flush)) {
			list_add_tail(&t->open->list, taken);
			t->open = NULL;
		} else {
			timer_reduce(&t->timer, flush);
		}
	}
	spin_unlock_bh(&t->lock);
}

static void thread_drain(struct tx_thread *t, bool last)
{
	struct tx_msg *m, *next;
	LIST_HEAD(taken);

	thread_take(t, &taken, last);
	list_for_each_entry_safe(m, next, &taken, list)
		msg_send(t, m);
}

static int thread_main(void *data)
{
	struct tx_thread *t = data;

	while (!kthread_should_stop()) {
		wait_event_idle(t->wait, READ_ONCE(t->kicked) ||
					 kthread_should_stop());
		WRITE_ONCE(t->kicked, false);
		thread_drain(t, false);
	}
	thread_drain(t, true);
	return 0;
}

/* Life. */

static int thread_start(struct ip_vs_sync_tx *tx, struct net *net,
			unsigned int id)
{
	struct tx_thread *t = &tx->thread[id];
	struct task_struct *task;
	struct socket *sock;

	sock = ip_vs_sync_sock_open(net, &tx->cfg, IP_VS_SYNC_MASTER, id,
				    READ_ONCE(tx->knobs->sock_size));
	if (IS_ERR(sock))
		return PTR_ERR(sock);
	t->sock = sock;
	task = kthread_run(thread_main, t, "ipvs-m:%u:%u",
			   ip_vs_sync_net_id(net), id);
	if (IS_ERR(task)) {
		sock_release(sock);
		return PTR_ERR(task);
	}
	t->task = task;
	return 0;
}

/* The thread has sent what there was, unless it was stopped before it ran. */
static void thread_stop(struct tx_thread *t)
{
	struct tx_msg *m, *next;
	LIST_HEAD(left);

	kthread_stop(t->task);
	timer_delete_sync(&t->timer);
	thread_take(t, &left, true);
	list_for_each_entry_safe(m, next, &left, list)
		kfree(m);
	sock_release(t->sock);
}

/* The first @n; all of them together have so much time for full sockets. */
static void threads_stop(struct ip_vs_sync_tx *tx, unsigned int n)
{
	tx->stop_by = jiffies + TX_STUCK;
	smp_wmb();	/* before any is told to: time_left() */
	while (n-- > 0)
		thread_stop(&tx->thread[n]);
}

static struct ip_vs_sync_tx *tx_new(unsigned int threads)
{
	struct ip_vs_sync_tx *tx;
	unsigned int i;

	tx = kzalloc(struct_size(tx, thread, threads), GFP_KERNEL);
	if (!tx)
		return NULL;
	tx->n = threads;
	for (i = 0; i < threads; i++) {
		struct tx_thread *t = &tx->thread[i];

		spin_lock_init(&t->lock);
		INIT_LIST_HEAD(&t->queue);
		init_waitqueue_head(&t->wait);
		timer_setup(&t->timer, thread_timer, 0);
		t->tx = tx;
	}
	return tx;
}

struct ip_vs_sync_tx *
ip_vs_sync_tx_start(struct net *net, const struct ip_vs_sync_config *cfg,
		    const struct ip_vs_sync_knobs *knobs,
		    struct ip_vs_sync_counters *counters, unsigned int threads)
{
	struct ip_vs_sync_tx *tx = tx_new(rounddown_pow_of_two(threads));
	unsigned int i;
	int err;

	if (!tx)
		return ERR_PTR(-ENOMEM);
	tx->cfg = *cfg;
	tx->knobs = knobs;
	tx->counters = counters;
	err = ip_vs_sync_config_fill(net, &tx->cfg, IP_VS_SYNC_MASTER, tx->n);
	for (i = 0; i < tx->n && !err; i++)
		err = thread_start(tx, net, i);
	if (!err)
		return tx;
	threads_stop(tx, i ? i - 1 : 0);
	kfree(tx);
	return ERR_PTR(err);
}

void ip_vs_sync_tx_stop(struct ip_vs_sync_tx *tx)
{
	threads_stop(tx, tx->n);
	kfree(tx);
}

const struct ip_vs_sync_config *
ip_vs_sync_tx_config(const struct ip_vs_sync_tx *tx)
{
	return &tx->cfg;
}

unsigned int ip_vs_sync_tx_threads(const struct ip_vs_sync_tx *tx)
{
	return tx->n;
}

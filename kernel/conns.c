// SPDX-License-Identifier: GPL-2.0-only
#include "conns.h"

#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>

#include "limits.h"

/* The wheel: IP_VS_WHEEL_SLOTS ticks, each with a few lists, so that CPUs that
 * create connections in the same tick don't meet. Every published connection
 * is on exactly one list until the reaper frees it; only the reaper takes from
 * the lists.
 */
struct ip_vs_wheel {
	unsigned int lanes;
	u32 tick;		/* the next one to reap */
	struct llist_head slot[];
};

static u32 wheel_now(void)
{
	return (u32)(jiffies / (HZ / IP_VS_WHEEL_TICKS_PER_SEC));
}

static struct ip_vs_wheel *wheel_new(void)
{
	unsigned int lanes = min_t(unsigned int, roundup_pow_of_two(nr_cpu_ids),
				   IP_VS_WHEEL_LANES_MAX);
	struct ip_vs_wheel *wheel;

	wheel = kvzalloc(struct_size(wheel, slot, lanes * IP_VS_WHEEL_SLOTS),
			 GFP_KERNEL);
	if (!wheel)
		return NULL;
	wheel->lanes = lanes;
	wheel->tick = wheel_now();
	return wheel;
}

static struct llist_head *wheel_lane(struct ip_vs_wheel *wheel, u32 tick,
				     unsigned int lane)
{
	return &wheel->slot[(tick % IP_VS_WHEEL_SLOTS) * wheel->lanes + lane];
}

/* To be looked at again in @left jiffies or after a turn, whichever is first.
 * The slot of the present tick may be under the reaper's hand: at least one
 * tick ahead, at most one turn less one.
 */
static void wheel_add(struct ip_vs_wheel *wheel, struct ip_vs_conn *c, u32 left)
{
	u32 ticks = left / (HZ / IP_VS_WHEEL_TICKS_PER_SEC) + 1;
	unsigned int lane = raw_smp_processor_id() & (wheel->lanes - 1);

	ticks = min_t(u32, ticks, IP_VS_WHEEL_SLOTS - 1);
	llist_add(&c->wheel, wheel_lane(wheel, wheel_now() + ticks, lane));
}

/* Keys of the table. */

/* The seed changes with each rehash; the secret is in the hash already. */
static __always_inline u32 conn_key_hash(const void *data, u32 len, u32 seed)
{
	const struct ip_vs_tuple *t = container_of(data, struct ip_vs_tuple, k);

	return t->hash ^ seed;
}

static __always_inline u32 conn_node_hash(const void *data, u32 len, u32 seed)
{
	const struct ip_vs_conn_node *node = data;

	return node->hash ^ seed;
}

static struct ip_vs_conn *conn_of(const struct ip_vs_conn_node *node)
{
	return node->key.dir == IP_VS_DIR_CLIENT
		? container_of(node, struct ip_vs_conn, client)
		: container_of(node, struct ip_vs_conn, server);
}

/* For IPv6 the key's pair is a digest; the tuple behind it decides. */
static bool conn_addr6_equal(const struct ip_vs_conn_node *node,
			     const struct ip_vs_key *key)
{
	const struct ip_vs_tuple *t = container_of(key, struct ip_vs_tuple, k);
	const struct in6_addr *a = &conn_of(node)->addr6[2 * node->key.dir];

	return ipv6_addr_equal(&a[0], &t->saddr6) &&
	       ipv6_addr_equal(&a[1], &t->daddr6);
}

static bool conn_pe_equal(const struct ip_vs_conn_node *node,
			  const struct ip_vs_key *key)
{
	const struct ip_vs_tuple *t = container_of(key, struct ip_vs_tuple, k);

	return ip_vs_pe_key_equal(ip_vs_conn_pe(conn_of(node)), t->pe);
}

static __always_inline int conn_cmp(struct rhashtable_compare_arg *arg,
				    const void *obj)
{
	const struct ip_vs_conn_node *node = obj;
	const struct ip_vs_key *key = arg->key;

	if (!ip_vs_key_equal(&node->key, key))
		return 1;
	if (unlikely(key->kind == IP_VS_TUPLE_ENGINE) &&
	    !conn_pe_equal(node, key))
		return 1;
	return key->family != AF_INET && !conn_addr6_equal(node, key);
}

static const struct rhashtable_params conn_params = {
	.head_offset = offsetof(struct ip_vs_conn_node, link),
	.hashfn = conn_key_hash,
	.obj_hashfn = conn_node_hash,
	.obj_cmpfn = conn_cmp,
	.automatic_shrinking = true,
};

struct ip_vs_conn *ip_vs_conn_find(struct ip_vs_conns *conns,
				   const struct ip_vs_tuple *tuple,
				   enum ip_vs_dir *dir)
{
	struct ip_vs_conn_node *node;

	node = rhashtable_lookup(&conns->hash, &tuple->k, conn_params);
	if (!node)
		return NULL;
	*dir = node->key.dir;
	return conn_of(node);
}

struct ip_vs_conn *ip_vs_conn_find_client(struct ip_vs_conns *conns,
					  const struct ip_vs_tuple *tuple)
{
	enum ip_vs_dir dir;
	struct ip_vs_conn *c = ip_vs_conn_find(conns, tuple, &dir);

	return c && dir == IP_VS_DIR_CLIENT ? c : NULL;
}

/* Under c->lock. False: somebody else has done it before. */
static bool conn_unhash(struct ip_vs_conns *conns, struct ip_vs_conn *c)
{
	if (c->detached)
		return false;
	c->detached = true;
	if (c->flags & IP_VS_CONN_F_NO_CPORT)
		atomic_dec(&conns->portless);
	rhashtable_remove_fast(&conns->hash, &c->client.link, conn_params);
	if (c->replies)
		rhashtable_remove_fast(&conns->hash, &c->server.link,
				       conn_params);
	return true;
}

void ip_vs_conn_detach(struct ip_vs_conns *conns, struct ip_vs_conn *c)
{
	bool left;

	spin_lock_bh(&c->lock);
	left = conn_unhash(conns, c);
	spin_unlock_bh(&c->lock);
	if (left && conns->leaves)
		conns->leaves(conns, c);
}

/* The winner of @n_control does the rest. A packet that changes state or binds
 * under the lock sees that the connection is dead, so counts change no more.
 */
bool ip_vs_conn_expire(struct ip_vs_conns *conns, struct ip_vs_conn *c)
{
	bool left;

	if (atomic_cmpxchg(&c->n_control, 0, IP_VS_CONN_DEAD))
		return false;
	spin_lock_bh(&c->lock);
	left = conn_unhash(conns, c);
	ip_vs_conn_release(c);
	spin_unlock_bh(&c->lock);
	if (left && conns->leaves)
		conns->leaves(conns, c);
	return true;
}

static void conns_wake(struct ip_vs_conns *conns)
{
	if (unlikely(!delayed_work_pending(&conns->reaper)))
		queue_delayed_work(system_unbound_wq, &conns->reaper,
				   HZ / IP_VS_WHEEL_TICKS_PER_SEC);
}

/* Two answers of one tuple can be (a client that reaches one real server by two
 * virtual addresses from one port); the newest is found first. Where there are
 * so many that the table takes no more, one that is not found is no loss. Who has
 * found the client side may have ended @c already: then nothing more is indexed,
 * for nobody would take it out.
 */
static int insert_server(struct ip_vs_conns *conns, struct ip_vs_conn *c)
{
	struct ip_vs_tuple t;
	int err = 0;

	smp_mb__after_atomic();	/* the client side is counted: conns_idle() */
	if (!READ_ONCE(conns->replies))
		WRITE_ONCE(conns->replies, true);
	if (unlikely(!rcu_access_pointer(c->dest)))
		WRITE_ONCE(conns->unbound, true);
	spin_lock_bh(&c->lock);
	if (likely(!c->detached))
		err = rhashtable_insert_fast(&conns->hash, &c->server.link,
					     conn_params);
	if (err)
		c->replies = false;
	spin_unlock_bh(&c->lock);
	if (likely(!err))
		return 0;
	ip_vs_conn_tuple(c, IP_VS_DIR_SERVER, &t);
	return rhashtable_lookup(&conns->hash, &t.k, conn_params) ? 0 : err;
}

/* Once the client side is published readers may hold @c, so from there on even
 * failure leaves it to the reaper.
 */
int ip_vs_conn_insert(struct ip_vs_conns *conns, struct ip_vs_conn *c,
		      const struct ip_vs_tuple *client)
{
	int err;

	c->detached = false;
	ip_vs_addr_filter_add(&conns->vaddrs, client->k.family,
			      ip_vs_tuple_dst(client));
	err = rhashtable_lookup_insert_key(&conns->hash, &client->k,
					   &c->client.link, conn_params);
	if (err) {
		ip_vs_conn_drop(c);
		return err;
	}
	if (c->flags & IP_VS_CONN_F_NO_CPORT)
		atomic_inc(&conns->portless);
	if (c->replies)
		err = insert_server(conns, c);
	if (err)
		ip_vs_conn_expire(conns, c);
	wheel_add(conns->wheel, c, err ? 0 : c->timeout);
	conns_wake(conns);
	return err;
}

static struct ip_vs_conn *successor(struct ip_vs_conn *c,
				    const struct ip_vs_tuple *tuple)
{
	struct ip_vs_conn *parent = READ_ONCE(c->control), *heir;
	struct ip_vs_conn_spec spec = {
		.client = tuple,
		.dport = ip_vs_conn_dport(c),
		.state = READ_ONCE(c->state),
		.flags = READ_ONCE(c->flags) & ~IP_VS_CONN_F_NO_CPORT,
		.fwmark = c->fwmark,
		.timeout = READ_ONCE(c->timeout),
		.dest = rcu_dereference(c->dest),
		.helped = c->helped,
	};

	ip_vs_addr_copy(tuple->k.family, &spec.daddr, ip_vs_conn_daddr(c));
	heir = ip_vs_conn_new(&spec);
	if (!heir || !parent || ip_vs_conn_control(heir, parent))
		return heir;
	ip_vs_conn_drop(heir);
	return NULL;
}

struct ip_vs_conn *ip_vs_conn_claim(struct ip_vs_conns *conns,
				    const struct ip_vs_tuple *tuple)
{
	struct ip_vs_tuple any = *tuple;
	struct ip_vs_conn *c, *heir;

	any.k.sport = 0;
	ip_vs_tuple_seal(&any);
	c = ip_vs_conn_find_client(conns, &any);
	if (!c || !(READ_ONCE(c->flags) & IP_VS_CONN_F_NO_CPORT) ||
	    ip_vs_conn_over(conns, c))
		return NULL;
	heir = successor(c, tuple);
	if (!heir)
		return NULL;
	if (!ip_vs_conn_expire(conns, c)) {
		ip_vs_conn_drop(heir);
		return ip_vs_conn_find_client(conns, tuple);
	}
	return ip_vs_conn_insert(conns, heir, tuple)
		? ip_vs_conn_find_client(conns, tuple) : heir;
}

/* The reaper: the only one who takes from the wheel and frees. */

static void conns_free_list(struct llist_node *list)
{
	struct ip_vs_conn *c, *next;

	llist_for_each_entry_safe(c, next, list, wheel)
		ip_vs_conn_free(c);
}

/* Free what has seen a grace period, send the next lot through one. */
static void reap_dead(struct ip_vs_conns *conns)
{
	if (!llist_empty(&conns->dead)) {
		if (!poll_state_synchronize_rcu(conns->grace))
			return;
		conns_free_list(__llist_del_all(&conns->dead));
	}
	if (llist_empty(&conns->fresh))
		return;
	conns->dead.first = __llist_del_all(&conns->fresh);
	conns->grace = start_poll_synchronize_rcu();
}

/* Has somebody else ended it, and is he through? Before that readers find it. */
static bool is_gone(struct ip_vs_conn *c)
{
	bool gone;

	spin_lock_bh(&c->lock);
	gone = ip_vs_conn_dead(c) && c->detached;
	spin_unlock_bh(&c->lock);
	return gone;
}

static void reap_one(struct ip_vs_conns *conns, struct ip_vs_conn *c)
{
	bool dead = ip_vs_conn_dead(c);
	u32 left = ip_vs_conn_left(c);

	if (dead ? is_gone(c) : !left && ip_vs_conn_expire(conns, c)) {
		__llist_add(&c->wheel, &conns->fresh);
		return;
	}
	if (!left && !dead) {
		left = IP_VS_CONN_TIMEOUT_CONTROL * HZ;
		WRITE_ONCE(c->timeout, left);
		WRITE_ONCE(c->client.stamp, (u32)jiffies);
		if (conns->lingers)
			conns->lingers(conns, c);
	}
	wheel_add(conns->wheel, c, left);
}

#define REAP_BATCH	256	/* connections per RCU section */

static unsigned int reap_list(struct ip_vs_conns *conns,
			      struct llist_node *list)
{
	struct ip_vs_conn *c, *next;
	unsigned int n = 0;

	rcu_read_lock();
	llist_for_each_entry_safe(c, next, list, wheel) {
		reap_one(conns, c);
		if (++n % REAP_BATCH)
			continue;
		rcu_read_unlock();
		cond_resched();
		rcu_read_lock();
	}
	rcu_read_unlock();
	return n;
}

static unsigned int reap_tick(struct ip_vs_conns *conns, u32 tick)
{
	struct ip_vs_wheel *wheel = conns->wheel;
	unsigned int lane, n = 0;

	for (lane = 0; lane < wheel->lanes; lane++)
		n += reap_list(conns, llist_del_all(wheel_lane(wheel, tick,
							       lane)));
	return n;
}

/* Is there nothing left, after a turn in which the wheel was empty? Who comes now
 * is in the table before it looks at the two words (see insert_server()), so that
 * one side sees the other.
 */
static bool conns_idle(struct ip_vs_conns *conns)
{
	if (conns->empty_ticks <= IP_VS_WHEEL_SLOTS ||
	    atomic_read(&conns->hash.nelems))
		return false;
	WRITE_ONCE(conns->replies, false);
	WRITE_ONCE(conns->unbound, false);
	smp_mb();
	if (atomic_read(&conns->hash.nelems)) {
		WRITE_ONCE(conns->replies, true);
		WRITE_ONCE(conns->unbound, true);
		return false;
	}
	return llist_empty(&conns->dead) && llist_empty(&conns->fresh);
}

/* Runs while there is anything on the wheel or in the table. */
static void conns_reap(struct work_struct *work)
{
	struct ip_vs_conns *conns = container_of(to_delayed_work(work),
						 struct ip_vs_conns, reaper);
	struct ip_vs_wheel *wheel = conns->wheel;
	u32 now = wheel_now();

	reap_dead(conns);
	if (now - wheel->tick >= IP_VS_WHEEL_SLOTS)
		wheel->tick = now - IP_VS_WHEEL_SLOTS + 1;
	for (; (s32)(now - wheel->tick) >= 0; wheel->tick++) {
		if (reap_tick(conns, wheel->tick))
			conns->empty_ticks = 0;
		else
			conns->empty_ticks++;
	}
	if (conns_idle(conns))
		conns->empty_ticks = 0;
	else
		queue_delayed_work(system_unbound_wq, &conns->reaper,
				   HZ / IP_VS_WHEEL_TICKS_PER_SEC);
}

/* Table life. */

unsigned int ip_vs_conn_tab_bits = IP_VS_CONN_TAB_BITS;

void ip_vs_conns_init(struct ip_vs_conns *conns)
{
	init_llist_head(&conns->dead);
	init_llist_head(&conns->fresh);
	INIT_DELAYED_WORK(&conns->reaper, conns_reap);
}

int ip_vs_conns_open(struct ip_vs_conns *conns)
{
	struct rhashtable_params params = conn_params;
	int err;

	if (conns->opened)
		return 0;
	conns->wheel = wheel_new();
	if (!conns->wheel)
		return -ENOMEM;
	params.min_size = 1u << ip_vs_conn_tab_bits;
	err = rhashtable_init(&conns->hash, &params);
	if (err) {
		kvfree(conns->wheel);
		return err;
	}
	smp_store_release(&conns->opened, true);
	return 0;
}

unsigned int ip_vs_conns_size(const struct ip_vs_conns *conns)
{
	unsigned int size = 1u << ip_vs_conn_tab_bits;

	if (!ip_vs_conns_opened(conns))
		return size;
	rcu_read_lock();
	size = rcu_dereference(conns->hash.tbl)->size;
	rcu_read_unlock();
	return size;
}

/* Nobody reads any more: children and parents go in any order. */
static void conns_unlink_list(struct ip_vs_conns *conns,
			      struct llist_node *list)
{
	struct ip_vs_conn *c, *next;

	llist_for_each_entry_safe(c, next, list, wheel) {
		if (!ip_vs_conn_dead(c)) {
			spin_lock_bh(&c->lock);
			conn_unhash(conns, c);
			ip_vs_conn_release(c);
			spin_unlock_bh(&c->lock);
		}
		__llist_add(&c->wheel, &conns->fresh);
		cond_resched();
	}
}

void ip_vs_conns_exit(struct ip_vs_conns *conns)
{
	struct ip_vs_wheel *wheel = conns->wheel;
	u32 i;

	if (!conns->opened)
		return;
	cancel_delayed_work_sync(&conns->reaper);
	for (i = 0; i < IP_VS_WHEEL_SLOTS * wheel->lanes; i++)
		conns_unlink_list(conns, llist_del_all(&wheel->slot[i]));
	synchronize_rcu();
	conns_free_list(__llist_del_all(&conns->fresh));
	conns_free_list(__llist_del_all(&conns->dead));
	rhashtable_destroy(&conns->hash);
	kvfree(wheel);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "conn.h"

#include <linux/jiffies.h>
#include <linux/random.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "census.h"
#include "limits.h"

/* IPv4; IPv6; helped, of any family */
static struct kmem_cache *conn_cache[3] __read_mostly;
hsiphash_key_t ip_vs_conn_secret __read_mostly;
static siphash_key_t engine_secret __read_mostly;

u32 ip_vs_key_hash6(struct ip_vs_key *k, const struct in6_addr *saddr,
		    const struct in6_addr *daddr)
{
	struct {
		union {
			struct in6_addr addr[2];
			u64 words[4];
		};
		u64 head;
	} all __aligned(HSIPHASH_ALIGNMENT) = {
		.addr = { *saddr, *daddr },
		.head = k->head & IP_VS_KEY_MASK,
	};

	k->pair = (all.words[0] ^ all.words[1]) - (all.words[2] ^ all.words[3]);
	return hsiphash(&all, sizeof(all), &ip_vs_conn_secret);
}

void ip_vs_tuple_seal_pe(struct ip_vs_tuple *t, const struct ip_vs_pe_key *pe)
{
	t->k.kind = IP_VS_TUPLE_ENGINE;
	t->pe = pe;
	ip_vs_tuple_seal(t);
	t->hash ^= (u32)siphash(pe->data, pe->len, &engine_secret);
}

/* Counting at the dest. */

static void conn_count(struct ip_vs_conn *c, struct ip_vs_dest *dest, bool in)
{
	bool active = !(c->flags & IP_VS_CONN_F_INACTIVE);

	if (ip_vs_conn_is_template(c)) {
		if (in)
			atomic_inc(&dest->persist);
		else
			atomic_dec(&dest->persist);
	} else if (in) {
		ip_vs_dest_conn_add(dest, active);
	} else {
		ip_vs_dest_conn_del(dest, active);
	}
}

void ip_vs_conn_set_active(struct ip_vs_conn *c, bool active)
{
	struct ip_vs_dest *dest = rcu_dereference_raw(c->dest);

	lockdep_assert_held(&c->lock);
	if (ip_vs_conn_dead(c) ||
	    active == !(c->flags & IP_VS_CONN_F_INACTIVE))
		return;
	WRITE_ONCE(c->flags, c->flags ^ IP_VS_CONN_F_INACTIVE);
	if (!dest || ip_vs_conn_is_template(c))
		return;
	if (active)
		atomic_inc(&dest->active);
	else
		atomic_dec(&dest->active);
}

bool ip_vs_conn_bind(struct ip_vs_conn *c, struct ip_vs_dest *dest)
{
	bool bound = false;

	spin_lock_bh(&c->lock);
	if (!rcu_access_pointer(c->dest) && !ip_vs_conn_dead(c)) {
		conn_count(c, dest, true);
		rcu_assign_pointer(c->dest, dest);
		bound = true;
	}
	spin_unlock_bh(&c->lock);
	return bound;
}

/* Making. */

/* Who answers: the real server by NAT; a local one from the virtual address.
 * Any other answers the client without passing here.
 */
static void conn_set_server(struct ip_vs_conn *c,
			    const struct ip_vs_conn_spec *spec)
{
	const struct ip_vs_tuple *t = spec->client;
	bool masq = (spec->flags & IP_VS_CONN_F_FWD_MASK) == IP_VS_CONN_F_MASQ;
	bool local = spec->dest &&
		     test_bit(IP_VS_DEST_LOCAL, &spec->dest->flags);
	const union nf_inet_addr *from = &spec->daddr;
	struct ip_vs_key *key = &c->server.key;

	if (local && !masq)
		from = ip_vs_tuple_dst(t);
	key->head = t->k.head;
	key->dir = IP_VS_DIR_SERVER;
	key->sport = spec->dport;
	key->dport = t->k.sport;
	if (t->k.family == AF_INET) {
		key->saddr = from->ip;
		key->daddr = t->k.saddr;
	} else {
		c->addr6[2] = from->in6;
		c->addr6[3] = t->saddr6;
	}
	c->replies = (masq || local) && !ip_vs_conn_is_template(c) &&
		     !(spec->flags & IP_VS_CONN_F_NO_CPORT);
	c->dest_addr = spec->dest && ((local && !masq) ||
				      spec->dest->family != t->k.family);
	if (!c->replies)
		return;
	c->server.hash = t->k.family == AF_INET
		? ip_vs_key_hash(key, &ip_vs_conn_secret)
		: ip_vs_key_hash6(key, &c->addr6[2], &c->addr6[3]);
}

static void conn_set_client(struct ip_vs_conn *c, const struct ip_vs_tuple *t)
{
	c->client.key = t->k;
	c->client.key.dir = IP_VS_DIR_CLIENT;
	c->client.hash = t->hash;
	if (t->k.family == AF_INET)
		return;
	c->addr6[0] = t->saddr6;
	c->addr6[1] = t->daddr6;
}

/* One piece of memory: the key, and its data behind it. */
static bool conn_set_pe(struct ip_vs_conn *c, const struct ip_vs_tuple *t)
{
	struct ip_vs_pe_key *pe;

	if (t->k.kind != IP_VS_TUPLE_ENGINE)
		return true;
	pe = kmalloc(sizeof(*pe) + t->pe->len, GFP_ATOMIC);
	if (!pe)
		return false;
	*pe = *t->pe;
	pe->data = memcpy(pe + 1, t->pe->data, t->pe->len);
	c->server.pe = pe;
	return true;
}

static struct kmem_cache *cache_of(u8 family, bool helped)
{
	return conn_cache[helped ? 2 : family != AF_INET];
}

struct ip_vs_conn *ip_vs_conn_new(const struct ip_vs_conn_spec *spec)
{
	u32 now = (u32)jiffies;
	struct kmem_cache *cache;
	struct ip_vs_conn *c;

	cache = cache_of(spec->client->k.family, spec->helped);
	c = kmem_cache_alloc(cache, GFP_ATOMIC);
	if (!c)
		return NULL;
	if (!conn_set_pe(c, spec->client)) {
		kmem_cache_free(cache, c);
		return NULL;
	}
	c->timeout = spec->timeout;
	c->flags = spec->flags;
	atomic_set(&c->in_pkts, 0);
	atomic_set(&c->n_control, 0);
	c->state = spec->state;
	c->synced_state = spec->state;
	c->fwmark = spec->fwmark;
	c->control = NULL;
	c->detached = true;
	c->helped = spec->helped;
	if (c->helped)
		memset(ip_vs_conn_help(c), 0, sizeof(struct ip_vs_conn_help));
	spin_lock_init(&c->lock);
	c->client.stamp = now;
	c->server.stamp = now & ~3u;	/* see sync_tx */
	conn_set_client(c, spec->client);
	conn_set_server(c, spec);
	RCU_INIT_POINTER(c->dest, spec->dest);
	if (spec->dest)
		conn_count(c, spec->dest, true);
	ip_vs_census_created(IP_VS_CENSUS_CONN);
	return c;
}

void ip_vs_conn_free(struct ip_vs_conn *c)
{
	kfree(ip_vs_conn_pe(c));
	kmem_cache_free(cache_of(ip_vs_conn_family(c), c->helped), c);
	ip_vs_census_destroyed(IP_VS_CENSUS_CONN);
}

/* Give back what others count for us. Under c->lock, or nobody sees @c. */
void ip_vs_conn_release(struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = rcu_dereference_raw(c->dest);
	struct ip_vs_conn_help *help = ip_vs_conn_help(c);

	if (dest)
		conn_count(c, dest, false);
	ip_vs_conn_uncontrol(c);
	if (help && help->end)
		help->end(help);
}

void ip_vs_conn_drop(struct ip_vs_conn *c)
{
	ip_vs_conn_release(c);
	ip_vs_conn_free(c);
}

void ip_vs_conn_tuple(const struct ip_vs_conn *c, enum ip_vs_dir dir,
		      struct ip_vs_tuple *t)
{
	const struct ip_vs_conn_node *node;

	node = dir == IP_VS_DIR_CLIENT ? &c->client : &c->server;
	t->k = node->key;
	t->hash = node->hash;
	t->pe = ip_vs_conn_pe(c);
	if (t->k.family == AF_INET)
		return;
	t->saddr6 = c->addr6[2 * dir];
	t->daddr6 = c->addr6[2 * dir + 1];
}

bool ip_vs_conn_control(struct ip_vs_conn *c, struct ip_vs_conn *parent)
{
	if (!atomic_inc_unless_negative(&parent->n_control))
		return false;
	c->control = parent;
	return true;
}

void ip_vs_conn_uncontrol(struct ip_vs_conn *c)
{
	struct ip_vs_conn *parent = c->control;

	if (!parent)
		return;
	WRITE_ONCE(c->control, NULL);
	atomic_dec(&parent->n_control);
}

/* ip_vs_conn_new() sets all that is read, so the memory need not be zeroed
 * before (CONFIG_INIT_ON_ALLOC_DEFAULT_ON), which the slab spares objects that
 * are constructed. It does not poison them either: a kernel that is to tell of
 * mistakes goes without.
 */
static void conn_construct(void *object)
{
}

static void caches_destroy(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(conn_cache); i++) {
		kmem_cache_destroy(conn_cache[i]);
		conn_cache[i] = NULL;
	}
}

int ip_vs_conn_caches_init(void)
{
	static const char *const name[] = {
		"ip_vs_conn", "ip_vs_conn6", "ip_vs_conn_help",
	};
	void (*construct)(void *object) =
		IS_ENABLED(CONFIG_SLUB_DEBUG_ON) ? NULL : conn_construct;
	size_t size = sizeof(struct ip_vs_conn);
	size_t i;

	get_random_bytes(&ip_vs_conn_secret, sizeof(ip_vs_conn_secret));
	get_random_bytes(&engine_secret, sizeof(engine_secret));
	for (i = 0; i < ARRAY_SIZE(conn_cache); i++) {
		conn_cache[i] = kmem_cache_create(name[i], size, 0,
						  SLAB_HWCACHE_ALIGN,
						  construct);
		if (!conn_cache[i]) {
			caches_destroy();
			return -ENOMEM;
		}
		size += i ? sizeof(struct ip_vs_conn_help)
			  : IP_VS_CONN_ADDR6 * sizeof(struct in6_addr);
	}
	return 0;
}

void ip_vs_conn_caches_exit(void)
{
	rcu_barrier();
	caches_destroy();
}

// SPDX-License-Identifier: GPL-2.0-only
#include "defense.h"

#include <linux/mm.h>

#include "conns_walk.h"
#include "netns.h"

/* The first, and then each @rate-th. A negative rate spares none, as in tree. */
bool ip_vs_defense_counts_out(struct ip_vs_defense *d, int rate)
{
	unsigned int n = atomic_fetch_inc(&d->newcomers);

	return rate < 0 || n % rate == 0;
}

/* Modes. */

/* Is it on? Between 1 and 2 memory decides, unless the user has meanwhile. */
static bool on(int *mode, bool scarce)
{
	switch (READ_ONCE(*mode)) {
	case 0:
		return false;
	case 3:
		return true;
	}
	cmpxchg(mode, scarce ? 1 : 2, scarce ? 2 : 1);
	return scarce;
}

struct memory {
	long enough;	/* pages */
	long free;
};

static struct memory look_at_memory(const struct ip_vs_defense *d)
{
	struct sysinfo info;

	si_meminfo(&info);
	return (struct memory) {
		.enough = max(READ_ONCE(d->amemthresh), 0),
		.free = info.freeram + info.bufferram,
	};
}

/* The less memory there is, the more of them. */
static int drop_rate(struct ip_vs_defense *d, const struct memory *m)
{
	bool scarce = m->free < m->enough;

	if (!on(&d->drop_packet, scarce))
		return 0;
	if (READ_ONCE(d->drop_packet) == 3)
		return READ_ONCE(d->am_droprate);
	return scarce ? m->enough / (m->enough - m->free) : 0;
}

/* Entries. */

/* Nothing has come for a minute, and not much before; of those that have sent n
 * packets every n-th.
 */
static bool abandoned(struct ip_vs_defense *d, const struct ip_vs_conn *c)
{
	s32 idle = (u32)jiffies - READ_ONCE(c->client.stamp);
	int n = atomic_read(&c->in_pkts);

	if (idle < IP_VS_DEFENSE_IDLE * HZ || n < 1 || n > IP_VS_DEFENSE_FEW)
		return false;
	if (d->spared[n]) {
		d->spared[n]--;
		return false;
	}
	d->spared[n] = n - 1;
	return true;
}

/* No packet has just found it, whose connection would be its first child. */
static bool left_alone(const struct ip_vs_conn *template)
{
	s32 idle = (u32)jiffies - READ_ONCE(template->client.stamp);

	return idle >= HZ && READ_ONCE(template->state) !=
			     IP_VS_TEMPLATE_ASSURED;
}

/* Those of one-packet connections are never assured. @c->dest's service under
 * the namespace's mutex.
 */
static bool of_single_packets(const struct ip_vs_conn *c)
{
	const struct ip_vs_dest *dest = rcu_dereference(c->dest);

	return dest && dest->svc &&
	       dest->svc->flags & IP_VS_SVC_F_ONEPACKET;
}

static bool half_open(const struct ip_vs_conn *c)
{
	u8 state = READ_ONCE(c->state);

	return c->client.key.protocol == IPPROTO_TCP ?
		state == IP_VS_TCP_SYN_RECV || state == IP_VS_TCP_SYNACK :
		state == IP_VS_SCTP_INIT1 || state == IP_VS_SCTP_INIT;
}

static bool established(const struct ip_vs_conn *c)
{
	return READ_ONCE(c->state) ==
	       (c->client.key.protocol == IPPROTO_TCP ?
		IP_VS_TCP_ESTABLISHED : IP_VS_SCTP_ESTABLISHED);
}

static bool expendable(struct ip_vs_defense *d, const struct ip_vs_conn *c)
{
	if (atomic_read(&c->n_control))
		return false;
	if (ip_vs_conn_is_template(c) && !of_single_packets(c))
		return left_alone(c);
	if (ip_vs_conn_is_template(c) ||
	    c->client.key.protocol == IPPROTO_UDP)
		return abandoned(d, c);
	return half_open(c) || (established(c) && abandoned(d, c));
}

/* A template that none of its children has assured goes with the last. (In tree
 * so does the control connection of FTP data; here that goes on.)
 */
static void drop(struct ip_vs_conn *c, void *arg)
{
	struct ip_vs_net *ns = arg;
	struct ip_vs_conn *parent = READ_ONCE(c->control);

	if (!expendable(&ns->defense, c) || !ip_vs_conn_expire(&ns->conns, c))
		return;
	if (parent && ip_vs_conn_is_template(parent) &&
	    READ_ONCE(parent->state) != IP_VS_TEMPLATE_ASSURED)
		ip_vs_conn_expire(&ns->conns, parent);
}

static void drop_entries(struct ip_vs_net *ns)
{
	mutex_lock(&ns->mutex);
	ip_vs_conns_sample(&ns->conns, IP_VS_DEFENSE_SHARE, drop, ns);
	mutex_unlock(&ns->mutex);
}

/* Work. */

static struct ip_vs_net *owner(struct ip_vs_defense *d)
{
	return container_of(d, struct ip_vs_net, defense);
}

/* Are entries to be dropped? */
static bool look(struct ip_vs_defense *d)
{
	struct memory m = look_at_memory(d);
	bool scarce = m.free < m.enough, entries;

	mutex_lock(&d->mutex);
	WRITE_ONCE(d->rate, drop_rate(d, &m));
	WRITE_ONCE(owner(d)->timeouts.secure_tcp, on(&d->secure_tcp, scarce));
	entries = on(&d->drop_entry, scarce);
	mutex_unlock(&d->mutex);
	return entries;
}

static bool all_off(const struct ip_vs_defense *d)
{
	return !READ_ONCE(d->drop_entry) && !READ_ONCE(d->drop_packet) &&
	       !READ_ONCE(d->secure_tcp);
}

static void defense_work(struct work_struct *work)
{
	struct ip_vs_defense *d = container_of(to_delayed_work(work),
					       struct ip_vs_defense, work);

	if (look(d))
		drop_entries(owner(d));
	if (!all_off(d))
		queue_delayed_work(system_unbound_wq, &d->work, HZ);
}

void ip_vs_defense_changed(struct ip_vs_defense *d)
{
	look(d);
	if (!all_off(d))
		queue_delayed_work(system_unbound_wq, &d->work, HZ);
}

void ip_vs_defense_init(struct ip_vs_defense *d)
{
	d->amemthresh = IP_VS_DEFENSE_MEMORY;
	d->am_droprate = IP_VS_DEFENSE_RATE;
	mutex_init(&d->mutex);
	INIT_DELAYED_WORK(&d->work, defense_work);
}

void ip_vs_defense_exit(struct ip_vs_defense *d)
{
	cancel_delayed_work_sync(&d->work);
}

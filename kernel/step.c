// SPDX-License-Identifier: GPL-2.0-only
#include "step.h"

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <net/icmp.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "discard.h"
#include "output.h"
#include "sync_tx.h"
#include "xmit.h"

/* A local sender hears of it (EPERM), and counts what goes no further. */
unsigned int ip_vs_step_drop(struct ip_vs_step *s)
{
	if (s->hook == NF_INET_LOCAL_OUT)
		return NF_DROP;
	ip_vs_discard(s->ns->net, s->skb, s->family, IPSTATS_MIB_INDISCARDS);
	return NF_STOLEN;
}

/* What is ahead of ip_forward() and will not meet it has passed a router all the
 * same. False: there is no memory.
 */
static noinline bool count_hop(struct sk_buff *skb, u8 family)
{
	unsigned int header = family == AF_INET ? sizeof(struct iphdr)
						: sizeof(struct ipv6hdr);

	if (skb_ensure_writable(skb, header))
		return false;
	if (family == AF_INET)
		ip_decrease_ttl(ip_hdr(skb));
	else
		ipv6_hdr(skb)->hop_limit--;
	return true;
}

static unsigned int transmit(struct ip_vs_step *s, struct ip_vs_conn *c)
{
	struct ip_vs_xmit x = {
		.net = s->ns->net,
		.hook = s->hook,
		.owner = s->ns,
		.pmtu_disc = READ_ONCE(s->ns->knobs.pmtu_disc),
		.error = s->error,
	};

	if (unlikely(s->ahead) && !count_hop(s->skb, s->family))
		return ip_vs_step_drop(s);
	return ip_vs_xmit(&x, s->skb, &s->p, c);
}

static noinline void tell(struct ip_vs_sync_tx *tx, struct ip_vs_net *ns,
			  struct ip_vs_conn *c)
{
	ip_vs_sync_tx_conn(tx, c, c->flags & IP_VS_CONN_F_ONE_PACKET ?
				  READ_ONCE(ns->sync_knobs.threshold) :
				  atomic_inc_return(&c->in_pkts));
}

/* Count the packet, and tell a backup if one listens and it is time. */
static __always_inline void replicate(struct ip_vs_net *ns,
				      struct ip_vs_conn *c)
{
	struct ip_vs_sync_tx *tx = rcu_dereference(ns->sync_tx);

	if (unlikely(tx))
		tell(tx, ns, c);
	else
		atomic_set(&c->in_pkts, atomic_read(&c->in_pkts) + 1);
}

/* A backup that does not know how far the sequence numbers are shifted could not
 * go on with the connection.
 */
static void tell_shift(struct ip_vs_net *ns, struct ip_vs_conn *c)
{
	struct ip_vs_sync_tx *tx = rcu_dereference(ns->sync_tx);

	if (tx)
		ip_vs_sync_tx_now(tx, c);
}

bool ip_vs_step_help_now(struct ip_vs_step *s, struct ip_vs_conn *c,
			 enum ip_vs_dir dir)
{
	struct ip_vs_app_packet a;

	a.conns = &s->ns->conns;
	a.timeouts = &s->ns->timeouts;
	a.skb = s->skb;
	a.c = c;
	a.dir = dir;
	a.transport = s->p.transport;
	if (!ip_vs_app_packet(&a))
		return false;
	if (a.diff)
		tell_shift(s->ns, c);
	return true;
}

static __always_inline unsigned int carry(struct ip_vs_step *s,
					  struct ip_vs_conn *c)
{
	struct ip_vs_dest *dest = ip_vs_step_dest(c);
	unsigned int verdict;

	if (unlikely(s->error) && !ip_vs_step_sound(s, c))
		return ip_vs_step_drop(s);
	if (likely(dest))
		ip_vs_stats_in(dest->stats, s->skb->len);
	if (likely(!s->error) && !ip_vs_step_help(s, c, IP_VS_DIR_CLIENT))
		return ip_vs_step_drop(s);
	verdict = transmit(s, c);
	if (unlikely(s->error))
		return verdict;
	ip_vs_conn_touch(c);
	replicate(s->ns, c);
	return verdict;
}

unsigned int ip_vs_step_carry(struct ip_vs_step *s, struct ip_vs_conn *c)
{
	return carry(s, c);
}

unsigned int ip_vs_step_forward(struct ip_vs_step *s, struct ip_vs_conn *c)
{
	ip_vs_step_track(s, c, IP_VS_DIR_CLIENT);
	return carry(s, c);
}

unsigned int ip_vs_step_unreachable(struct ip_vs_step *s)
{
	if (s->ahead && !count_hop(s->skb, s->family))
		return ip_vs_step_drop(s);
	ip_vs_speak_for(s->ns->net, s->skb, s->family);
	if (s->family == AF_INET)
		icmp_send(s->skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, 0);
	else
		icmpv6_send(s->skb, ICMPV6_DEST_UNREACH, ICMPV6_PORT_UNREACH,
			    0);
	return ip_vs_step_drop(s);
}

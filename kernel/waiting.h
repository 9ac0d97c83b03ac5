/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_WAITING_H
#define _IP_VS_WAITING_H

/* Packets between two hooks that wait until there is the second. Any context but
 * hard interrupts.
 */

#include <linux/list.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <net/net_namespace.h>

/* What netfilter calls when all hooks of a kind have accepted a packet. */
typedef int ip_vs_okfn(struct net *net, struct sock *sk, struct sk_buff *skb);

struct ip_vs_waiting {
	spinlock_t lock;
	struct list_head packets;
	unsigned int num;
};

void ip_vs_waiting_init(struct ip_vs_waiting *waiting);
static inline bool ip_vs_waiting_any(const struct ip_vs_waiting *waiting)
{
	return READ_ONCE(waiting->num);
}

/* Takes over @skb, whose route is found again, and holds its device; false: there is
 * no room, and the caller has it still. BH disabled.
 */
bool ip_vs_waiting_add(struct ip_vs_waiting *waiting, struct sk_buff *skb,
		       ip_vs_okfn *okfn);
/* All go on where they were, in their order. Sleepable context. */
void ip_vs_waiting_go_on(struct ip_vs_waiting *waiting, struct net *net);
/* Nor does any packet keep a device that goes. */
void ip_vs_waiting_drop(struct ip_vs_waiting *waiting);

#endif

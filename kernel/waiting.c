// SPDX-License-Identifier: GPL-2.0-only
#include "waiting.h"

#include <linux/bottom_half.h>
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <net/dst.h>

#include "limits.h"

struct packet {
	struct list_head list;
	struct sk_buff *skb;
	ip_vs_okfn *okfn;
	struct net_device *dev;		/* a reference: skb->dev need not stay */
};

void ip_vs_waiting_init(struct ip_vs_waiting *waiting)
{
	spin_lock_init(&waiting->lock);
	INIT_LIST_HEAD(&waiting->packets);
}

static bool append(struct ip_vs_waiting *waiting, struct packet *p)
{
	bool room;

	spin_lock(&waiting->lock);
	room = waiting->num < IP_VS_WAITING_MAX;
	if (room) {
		list_add_tail(&p->list, &waiting->packets);
		WRITE_ONCE(waiting->num, waiting->num + 1);
	}
	spin_unlock(&waiting->lock);
	return room;
}

static void packet_free(struct packet *p)
{
	dev_put(p->dev);
	kfree(p);
}

bool ip_vs_waiting_add(struct ip_vs_waiting *waiting, struct sk_buff *skb,
		       ip_vs_okfn *okfn)
{
	struct packet *p = kmalloc(sizeof(*p), GFP_ATOMIC);

	if (!p)
		return false;
	skb_dst_drop(skb);
	p->skb = skb;
	p->okfn = okfn;
	p->dev = skb->dev;
	dev_hold(p->dev);
	if (append(waiting, p))
		return true;
	packet_free(p);
	return false;
}

static void take_all(struct ip_vs_waiting *waiting, struct list_head *packets)
{
	INIT_LIST_HEAD(packets);
	spin_lock_bh(&waiting->lock);
	list_splice_init(&waiting->packets, packets);
	WRITE_ONCE(waiting->num, 0);
	spin_unlock_bh(&waiting->lock);
}

void ip_vs_waiting_go_on(struct ip_vs_waiting *waiting, struct net *net)
{
	struct list_head packets;
	struct packet *p, *next;

	take_all(waiting, &packets);
	list_for_each_entry_safe(p, next, &packets, list) {
		local_bh_disable();
		rcu_read_lock();
		p->okfn(net, NULL, p->skb);
		rcu_read_unlock();
		local_bh_enable();
		packet_free(p);
	}
}

void ip_vs_waiting_drop(struct ip_vs_waiting *waiting)
{
	struct list_head packets;
	struct packet *p, *next;

	take_all(waiting, &packets);
	list_for_each_entry_safe(p, next, &packets, list) {
		kfree_skb(p->skb);
		packet_free(p);
	}
}

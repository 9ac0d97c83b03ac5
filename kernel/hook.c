// SPDX-License-Identifier: GPL-2.0-only
#include "hook.h"

#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <linux/slab.h>
#include <net/inet_sock.h>

#include "flow.h"

/* Where we listen, IPv4. One hook serves both directions by one lookup, so the
 * first of each of the in-tree module's pairs has no work and is not there.
 */

static unsigned int local_in4(void *priv, struct sk_buff *skb,
			      const struct nf_hook_state *state)
{
	if (skb->ipvs_property)
		return NF_ACCEPT;
	return ip_vs_flow_local4(priv, skb, NF_INET_LOCAL_IN);
}

static unsigned int forward4(void *priv, struct sk_buff *skb,
			     const struct nf_hook_state *state)
{
	if (likely(!ip_vs_flow_concerns4(priv, skb)) || skb->ipvs_property)
		return NF_ACCEPT;
	return ip_vs_flow_through4(priv, skb);
}

/* A raw socket that sends its own fragments wants nobody to touch them. */
static bool leave_alone(const struct sk_buff *skb)
{
	const struct sock *sk = skb->sk;

	return skb->ipvs_property || !skb_dst(skb) ||
	       (unlikely(sk && sk->sk_family == PF_INET &&
			 sk_fullsock(sk) && inet_sk(sk)->nodefrag));
}

/* Local senders come in process context. */
static unsigned int local_out4(void *priv, struct sk_buff *skb,
			       const struct nf_hook_state *state)
{
	unsigned int verdict;

	if (leave_alone(skb))
		return NF_ACCEPT;
	local_bh_disable();
	verdict = ip_vs_flow_local4(priv, skb, NF_INET_LOCAL_OUT);
	local_bh_enable();
	return verdict;
}

/* Behind destination NAT and filters where clients come in, before source NAT
 * where answers leave: the places of the in-tree module.
 */
#define HOOK4(fn, num, prio) \
	{ .hook = fn, .pf = NFPROTO_IPV4, .hooknum = num, .priority = prio }

static const struct nf_hook_ops hooks4[] = {
	HOOK4(local_in4, NF_INET_LOCAL_IN, NF_IP_PRI_NAT_SRC - 1),
	HOOK4(local_out4, NF_INET_LOCAL_OUT, NF_IP_PRI_NAT_DST + 2),
	HOOK4(forward4, NF_INET_FORWARD, NF_IP_PRI_NAT_SRC),
};

/* Each namespace has its own copy, whose priv is the namespace. */
int ip_vs_hooks_register(struct ip_vs_net *ns, u8 family)
{
	struct nf_hook_ops *ops;
	unsigned int i;
	int err;

	if (family != AF_INET)
		return -EAFNOSUPPORT;
	ops = kmemdup(hooks4, sizeof(hooks4), GFP_KERNEL);
	if (!ops)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(hooks4); i++)
		ops[i].priv = ns;
	err = nf_register_net_hooks(ns->net, ops, ARRAY_SIZE(hooks4));
	if (err)
		kfree(ops);
	else
		ns->hooks4 = ops;
	return err;
}

void ip_vs_hooks_unregister(struct ip_vs_net *ns, u8 family)
{
	if (family != AF_INET)
		return;
	nf_unregister_net_hooks(ns->net, ns->hooks4, ARRAY_SIZE(hooks4));
	kfree(ns->hooks4);
	ns->hooks4 = NULL;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "hook.h"

#include <linux/bottom_half.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <linux/slab.h>
#include <net/inet_sock.h>

#include "flow.h"

/* Where we listen. One hook serves both directions by one lookup, so the first
 * of each of the in-tree module's pairs has no work and is not there.
 * NFPROTO_IPV4 and NFPROTO_IPV6 are the numbers of the address families.
 */

static __always_inline unsigned int
flow(void *priv, struct sk_buff *skb, unsigned int hook, u8 family)
{
	return hook == NF_INET_FORWARD
		? ip_vs_flow_through(priv, skb, family)
		: ip_vs_flow_local(priv, skb, hook, family);
}

/* Local senders come in process context, and so does at any hook what a user's
 * program has let pass (nfnetlink_queue).
 */
static __always_inline unsigned int
enter(void *priv, struct sk_buff *skb, unsigned int hook, u8 family)
{
	unsigned int verdict;

	if (likely(softirq_count()))
		return flow(priv, skb, hook, family);
	local_bh_disable();
	verdict = flow(priv, skb, hook, family);
	local_bh_enable();
	return verdict;
}

static unsigned int local_in(void *priv, struct sk_buff *skb,
			     const struct nf_hook_state *state)
{
	if (skb->ipvs_property ||
	    !ip_vs_flow_concerns_local(priv, skb, state->pf))
		return NF_ACCEPT;
	return enter(priv, skb, NF_INET_LOCAL_IN, state->pf);
}

static unsigned int forward(void *priv, struct sk_buff *skb,
			    const struct nf_hook_state *state)
{
	if (likely(!ip_vs_flow_concerns(priv, skb, state->pf)) ||
	    skb->ipvs_property)
		return NF_ACCEPT;
	return enter(priv, skb, NF_INET_FORWARD, state->pf);
}

/* A raw socket that sends its own fragments wants nobody to touch them. */
static bool leave_alone(const struct sk_buff *skb)
{
	const struct sock *sk = skb->sk;

	return skb->ipvs_property || !skb_dst(skb) ||
	       (unlikely(sk && sk->sk_family == PF_INET &&
			 sk_fullsock(sk) && inet_sk(sk)->nodefrag));
}

static unsigned int local_out(void *priv, struct sk_buff *skb,
			      const struct nf_hook_state *state)
{
	if (leave_alone(skb) ||
	    !ip_vs_flow_concerns_local(priv, skb, state->pf))
		return NF_ACCEPT;
	return enter(priv, skb, NF_INET_LOCAL_OUT, state->pf);
}

/* Behind destination NAT and filters where clients come in, before source NAT
 * where answers leave: the places of the in-tree module, the same for IPv6.
 */
#define HOOK(fn, num, prio) { .hook = fn, .hooknum = num, .priority = prio }

static const struct nf_hook_ops template[] = {
	HOOK(local_in, NF_INET_LOCAL_IN, NF_IP_PRI_NAT_SRC - 1),
	HOOK(local_out, NF_INET_LOCAL_OUT, NF_IP_PRI_NAT_DST + 2),
	HOOK(forward, NF_INET_FORWARD, NF_IP_PRI_NAT_SRC),
};

/* Each namespace and family has its own copy, whose priv is the namespace. Who
 * lists hooks reads it under RCU.
 */
struct ip_vs_hooks {
	struct nf_hook_ops ops[ARRAY_SIZE(template)];
	struct rcu_head rcu;
};

int ip_vs_hooks_register(struct ip_vs_net *ns, u8 family)
{
	struct ip_vs_hooks *hooks = kmalloc(sizeof(*hooks), GFP_KERNEL);
	unsigned int i;
	int err;

	if (!hooks)
		return -ENOMEM;
	memcpy(hooks->ops, template, sizeof(template));
	for (i = 0; i < ARRAY_SIZE(template); i++) {
		hooks->ops[i].pf = family;
		hooks->ops[i].priv = ns;
	}
	err = nf_register_net_hooks(ns->net, hooks->ops, ARRAY_SIZE(template));
	if (err)
		kfree(hooks);
	else
		ns->hooks[family != AF_INET] = hooks;
	return err;
}

void ip_vs_hooks_unregister(struct ip_vs_net *ns, u8 family)
{
	struct ip_vs_hooks **hooks = &ns->hooks[family != AF_INET];

	nf_unregister_net_hooks(ns->net, (*hooks)->ops, ARRAY_SIZE(template));
	kfree_rcu(*hooks, rcu);
	*hooks = NULL;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "hook.h"

#include <linux/bottom_half.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <linux/slab.h>
#include <net/inet_sock.h>

#include "concern.h"
#include "flow.h"
#include "input.h"

/* Where we listen. One hook serves both directions by one lookup, so the first
 * of each of the in-tree module's pairs has no work and is not there.
 * NFPROTO_IPV4 and NFPROTO_IPV6 are the numbers of the address families.
 */

static __always_inline unsigned int
flow(void *priv, struct sk_buff *skb, unsigned int hook, u8 family)
{
	const struct ip_vs_net *ns = priv;

	if (hook == NF_INET_LOCAL_IN &&
	    READ_ONCE(ns->short_way[family != AF_INET]))
		ip_vs_input_learn(priv, skb, family);
	if (hook != NF_INET_FORWARD)
		return ip_vs_flow_local(priv, skb, hook, family);
	if (!ip_vs_opaque(skb, family) && !ip_vs_from_server(priv, skb, family))
		return NF_ACCEPT;
	return ip_vs_flow_through(priv, skb, family, false);
}

/* Local senders come in process context, and so does at any hook what a user's
 * program has let pass (nfnetlink_queue). Out of line, so that bystanders need no
 * stack.
 */
static noinline unsigned int
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
	    !ip_vs_concerns_local(priv, skb, state->pf))
		return NF_ACCEPT;
	return enter(priv, skb, NF_INET_LOCAL_IN, state->pf);
}

/* What forwarded bystanders meet: for each family without a question for it. */

static __always_inline unsigned int
forward(void *priv, struct sk_buff *skb, u8 family)
{
	if (likely(!ip_vs_concerns_through(priv, skb, family)) ||
	    skb->ipvs_property)
		return NF_ACCEPT;
	return enter(priv, skb, NF_INET_FORWARD, family);
}

static unsigned int forward4(void *priv, struct sk_buff *skb,
			     const struct nf_hook_state *state)
{
	return forward(priv, skb, AF_INET);
}

static unsigned int forward6(void *priv, struct sk_buff *skb,
			     const struct nf_hook_state *state)
{
	return forward(priv, skb, AF_INET6);
}

static __always_inline bool comes_short(const struct ip_vs_net *ns,
					const struct sk_buff *skb, u8 family)
{
	return unlikely(ip_vs_concerns_input(ns, skb, family)) &&
	       READ_ONCE(ns->short_way[family != AF_INET]) &&
	       !skb->ipvs_property;
}

static noinline unsigned int
outside_softirq(void *priv, struct sk_buff *skb,
		const struct nf_hook_state *state)
{
	unsigned int verdict;

	local_bh_disable();
	verdict = state->pf == AF_INET ? ip_vs_input4(priv, skb, state->okfn)
				       : ip_vs_input6(priv, skb, state->okfn);
	local_bh_enable();
	return verdict;
}

static __always_inline unsigned int
pre_routing(void *priv, struct sk_buff *skb, const struct nf_hook_state *state,
	    u8 family)
{
	if (!comes_short(priv, skb, family))
		return NF_ACCEPT;
	if (unlikely(!softirq_count()))
		return outside_softirq(priv, skb, state);
	return family == AF_INET ? ip_vs_input4(priv, skb, state->okfn)
				 : ip_vs_input6(priv, skb, state->okfn);
}

static unsigned int pre_routing4(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	return pre_routing(priv, skb, state, AF_INET);
}

static unsigned int pre_routing6(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	return pre_routing(priv, skb, state, AF_INET6);
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
	    !ip_vs_concerns_local(priv, skb, state->pf))
		return NF_ACCEPT;
	return enter(priv, skb, NF_INET_LOCAL_OUT, state->pf);
}

/* Behind destination NAT and filters where clients come in, before source NAT
 * where answers leave: the places of the in-tree module, the same for IPv6.
 */
#define HOOK(fn, num, prio) { .hook = fn, .hooknum = num, .priority = prio }

enum { LOCAL_IN, LOCAL_OUT, FORWARD, PRE_ROUTING, NUM_HOOKS };

static const struct nf_hook_ops template[][NUM_HOOKS] = {
	{
		HOOK(local_in, NF_INET_LOCAL_IN, NF_IP_PRI_NAT_SRC - 1),
		HOOK(local_out, NF_INET_LOCAL_OUT, NF_IP_PRI_NAT_DST + 2),
		HOOK(forward4, NF_INET_FORWARD, NF_IP_PRI_NAT_SRC),
		HOOK(pre_routing4, NF_INET_PRE_ROUTING, NF_IP_PRI_LAST),
	},
	{
		HOOK(local_in, NF_INET_LOCAL_IN, NF_IP_PRI_NAT_SRC - 1),
		HOOK(local_out, NF_INET_LOCAL_OUT, NF_IP_PRI_NAT_DST + 2),
		HOOK(forward6, NF_INET_FORWARD, NF_IP_PRI_NAT_SRC),
		HOOK(pre_routing6, NF_INET_PRE_ROUTING, NF_IP_PRI_LAST),
	},
};

/* Each namespace and family has its own copy, whose priv is the namespace. Who
 * lists hooks reads it under RCU.
 */
struct ip_vs_hooks {
	struct nf_hook_ops ops[NUM_HOOKS];
	bool on[NUM_HOOKS];
	struct rcu_head rcu;
};

/* True: it is there. None goes before all do: nf_unregister_net_hook() drops what
 * waits for a user's program (nfnetlink_queue).
 */
static bool put_on(struct ip_vs_net *ns, struct ip_vs_hooks *hooks, int which)
{
	if (!hooks->on[which])
		hooks->on[which] = !nf_register_net_hook(ns->net,
							 &hooks->ops[which]);
	return hooks->on[which];
}

/* PRE_ROUTING or FORWARD sees what goes through. Where both are, one has no work:
 * what one has taken the other lets pass.
 */
static void review(struct ip_vs_net *ns, u8 family)
{
	struct ip_vs_hooks *hooks = ns->hooks[family != AF_INET];
	bool fits;

	if (!hooks)
		return;
	fits = ip_vs_input_fits(ns, family);
	if (put_on(ns, hooks, fits ? PRE_ROUTING : FORWARD))
		WRITE_ONCE(ns->short_way[family != AF_INET], fits);
}

void ip_vs_hooks_review(struct ip_vs_net *ns)
{
	review(ns, AF_INET);
	review(ns, AF_INET6);
}

/* What waits for FORWARD goes on if that is there, though it may be needed no more. */
static void let_go_on(struct ip_vs_net *ns, u8 family)
{
	struct ip_vs_hooks *hooks = ns->hooks[family != AF_INET];
	struct ip_vs_waiting *waiting = &ns->waiting[family != AF_INET];

	if (!ip_vs_waiting_any(waiting))
		return;
	if (hooks && put_on(ns, hooks, FORWARD))
		ip_vs_waiting_go_on(waiting, ns->net);
	else
		ip_vs_waiting_drop(waiting);
}

static void review_work(struct work_struct *work)
{
	struct ip_vs_net *ns = container_of(work, struct ip_vs_net, review);

	mutex_lock(&ns->mutex);
	ip_vs_hooks_review(ns);
	let_go_on(ns, AF_INET);
	let_go_on(ns, AF_INET6);
	mutex_unlock(&ns->mutex);
}

void ip_vs_hooks_init(struct ip_vs_net *ns)
{
	INIT_WORK(&ns->review, review_work);
}

void ip_vs_hooks_exit(struct ip_vs_net *ns)
{
	cancel_work_sync(&ns->review);
	ip_vs_waiting_drop(&ns->waiting[0]);
	ip_vs_waiting_drop(&ns->waiting[1]);
}

static struct ip_vs_hooks *hooks_new(struct ip_vs_net *ns, u8 family)
{
	struct ip_vs_hooks *hooks = kzalloc(sizeof(*hooks), GFP_KERNEL);
	unsigned int i;

	if (!hooks)
		return NULL;
	memcpy(hooks->ops, template[family != AF_INET], sizeof(hooks->ops));
	for (i = 0; i < NUM_HOOKS; i++) {
		hooks->ops[i].pf = family;
		hooks->ops[i].priv = ns;
	}
	return hooks;
}

static void hooks_free(struct ip_vs_net *ns, struct ip_vs_hooks *hooks)
{
	unsigned int i;

	for (i = 0; i < NUM_HOOKS; i++) {
		if (hooks->on[i])
			nf_unregister_net_hook(ns->net, &hooks->ops[i]);
	}
	kfree_rcu(hooks, rcu);
}

int ip_vs_hooks_register(struct ip_vs_net *ns, u8 family)
{
	struct ip_vs_hooks **hooks = &ns->hooks[family != AF_INET];
	int err = ip_vs_inputs_open(ns);

	if (err)
		return err;
	*hooks = hooks_new(ns, family);
	if (!*hooks)
		return -ENOMEM;
	WRITE_ONCE(ns->detour[family != AF_INET], false);
	if (put_on(ns, *hooks, LOCAL_IN) && put_on(ns, *hooks, LOCAL_OUT)) {
		review(ns, family);
		if ((*hooks)->on[FORWARD] || (*hooks)->on[PRE_ROUTING])
			return 0;
	}
	ip_vs_hooks_unregister(ns, family);
	return -ENOMEM;
}

void ip_vs_hooks_unregister(struct ip_vs_net *ns, u8 family)
{
	struct ip_vs_hooks **hooks = &ns->hooks[family != AF_INET];

	hooks_free(ns, *hooks);
	*hooks = NULL;
	ns->short_way[family != AF_INET] = false;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "hook.h"

#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <net/inet_sock.h>

#include "flow.h"

/* Where we listen, IPv4. On the way in and on the way out of local senders a
 * first hook serves known connections, both directions by one lookup; the
 * second, right behind it, opens new ones.
 */

static unsigned int known_in4(void *priv, struct sk_buff *skb,
			      const struct nf_hook_state *state)
{
	return ip_vs_flow_known4(ip_vs_net(state->net), skb, state->hook);
}

static unsigned int new_in4(void *priv, struct sk_buff *skb,
			    const struct nf_hook_state *state)
{
	return ip_vs_flow_new4(ip_vs_net(state->net), skb, state->hook);
}

static unsigned int error_forward4(void *priv, struct sk_buff *skb,
				   const struct nf_hook_state *state)
{
	return ip_vs_flow_error4(ip_vs_net(state->net), skb, state->hook);
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
static unsigned int known_out4(void *priv, struct sk_buff *skb,
			       const struct nf_hook_state *state)
{
	unsigned int verdict;

	if (leave_alone(skb))
		return NF_ACCEPT;
	local_bh_disable();
	verdict = ip_vs_flow_known4(ip_vs_net(state->net), skb, state->hook);
	local_bh_enable();
	return verdict;
}

static unsigned int new_out4(void *priv, struct sk_buff *skb,
			     const struct nf_hook_state *state)
{
	unsigned int verdict;

	if (leave_alone(skb))
		return NF_ACCEPT;
	local_bh_disable();
	verdict = ip_vs_flow_new4(ip_vs_net(state->net), skb, state->hook);
	local_bh_enable();
	return verdict;
}

/* Behind destination NAT and filters where clients come in, before source NAT
 * where answers leave: the places of the in-tree module.
 */
#define HOOK4(fn, num, prio) \
	{ .hook = fn, .pf = NFPROTO_IPV4, .hooknum = num, .priority = prio }

static const struct nf_hook_ops hooks4[] = {
	HOOK4(known_in4, NF_INET_LOCAL_IN, NF_IP_PRI_NAT_SRC - 2),
	HOOK4(new_in4, NF_INET_LOCAL_IN, NF_IP_PRI_NAT_SRC - 1),
	HOOK4(known_out4, NF_INET_LOCAL_OUT, NF_IP_PRI_NAT_DST + 1),
	HOOK4(new_out4, NF_INET_LOCAL_OUT, NF_IP_PRI_NAT_DST + 2),
	HOOK4(error_forward4, NF_INET_FORWARD, NF_IP_PRI_NAT_SRC - 1),
	HOOK4(known_in4, NF_INET_FORWARD, NF_IP_PRI_NAT_SRC),
};

int ip_vs_hooks_register(struct ip_vs_net *ns, u8 family)
{
	if (family != AF_INET)
		return -EAFNOSUPPORT;
	return nf_register_net_hooks(ns->net, hooks4, ARRAY_SIZE(hooks4));
}

void ip_vs_hooks_unregister(struct ip_vs_net *ns, u8 family)
{
	if (family == AF_INET)
		nf_unregister_net_hooks(ns->net, hooks4, ARRAY_SIZE(hooks4));
}

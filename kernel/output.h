/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_OUTPUT_H
#define _IP_VS_OUTPUT_H

/* How a finished packet leaves the host: by the way of locally made ones,
 * through LOCAL_OUT and POST_ROUTING; or, where nobody stands on that way who
 * could tell the difference, straight to the neighbour.
 */

#include <linux/netfilter.h>
#include <linux/skbuff.h>
#include <net/gso.h>
#include <net/net_namespace.h>

/* Who listens there; NULL: nobody. RCU. */
static inline const struct nf_hook_entries *
ip_vs_listeners(const struct net *net, u8 family, unsigned int hook)
{
	return family == AF_INET ? rcu_dereference(net->nf.hooks_ipv4[hook])
				 : rcu_dereference(net->nf.hooks_ipv6[hook]);
}

/* Is the hook of @owner, its priv, the only one there, or is there none? RCU. */
static inline bool ip_vs_alone_at(const struct net *net, u8 family,
				  unsigned int hook, const void *owner)
{
	const struct nf_hook_entries *e = ip_vs_listeners(net, family, hook);

	return !e || (e->num_hook_entries == 1 && e->hooks[0].priv == owner);
}

/* Is @skb, or what it will be cut into, longer than that? */
static inline bool ip_vs_exceeds(const struct sk_buff *skb, unsigned int mtu)
{
	if (skb_is_gso(skb))
		return !skb_gso_validate_network_len(skb, mtu);
	return skb->len > mtu;
}

/* @skb has its route and its final network header; it is consumed. @owner: the
 * priv of our own hooks, which let pass what we send. @fits: it is known to be
 * no longer than the route's MTU. RCU, BH disabled.
 */
void ip_vs_output(struct net *net, struct sk_buff *skb, u8 family,
		  const void *owner, bool fits);
/* Before @skb's sender is told of it by ICMP. RCU. */
void ip_vs_speak_for(struct net *net, struct sk_buff *skb, u8 family);

#endif

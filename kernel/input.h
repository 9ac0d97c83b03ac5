/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_INPUT_H
#define _IP_VS_INPUT_H

/* The short way in, at PRE_ROUTING: without the stack's lookup and the local hooks
 * for clients' packets of which the stack would say no more than that they are for
 * this host; and without a hook at FORWARD for what goes through. Only as long as
 * nobody else listens at LOCAL_IN and FORWARD, and no rules, IPsec policies or
 * rp_filter decide. What is in doubt goes the stack's way.
 */

#include <linux/skbuff.h>

#include "netns.h"

/* Control mutex. GFP_KERNEL; 0 or -ENOMEM. Opened once, it stays as long as the
 * namespace.
 */
int ip_vs_inputs_open(struct ip_vs_net *ns);
/* Nobody listens at any hook any more. */
void ip_vs_inputs_exit(struct ip_vs_net *ns);
/* A device goes down: the routes that are remembered are given back. */
void ip_vs_inputs_forget(struct ip_vs_net *ns);

/* Does the way fit the namespace, as it is now? Takes the RCU lock. */
bool ip_vs_input_fits(const struct ip_vs_net *ns, u8 family);

/* A packet of @family at LOCAL_IN: the next one may come by the short way. Under
 * RCU, BH disabled, as are those below.
 */
void ip_vs_input_learn(struct ip_vs_net *ns, const struct sk_buff *skb,
		       u8 family);
/* A packet at PRE_ROUTING, about which something may have to be done; @okfn is
 * netfilter's, if it has to wait for FORWARD. A netfilter verdict; with NF_STOLEN
 * the skb is gone.
 */
unsigned int ip_vs_input4(struct ip_vs_net *ns, struct sk_buff *skb,
			  ip_vs_okfn *okfn);
unsigned int ip_vs_input6(struct ip_vs_net *ns, struct sk_buff *skb,
			  ip_vs_okfn *okfn);

#endif

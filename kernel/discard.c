// SPDX-License-Identifier: GPL-2.0-only
#include "discard.h"

#include <net/ip.h>
#include <net/ip6_fib.h>
#include <net/ipv6.h>

void ip_vs_discard(struct net *net, struct sk_buff *skb, u8 family, int mib)
{
	struct inet6_dev *idev = NULL;

	if (family == AF_INET) {
		__IP_INC_STATS(net, mib);
	} else {
		if (skb_dst(skb))
			idev = ip6_dst_idev(skb_dst(skb));
		__IP6_INC_STATS(net, idev, mib);
	}
	kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
}

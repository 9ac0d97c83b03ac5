// SPDX-License-Identifier: GPL-2.0-only
#include "proto.h"

/* AH and ESP have no connections: their packets follow that of the key
 * exchange, whose states they leave alone, and never begin one.
 */

static enum ip_vs_first ipsec_first(const struct sk_buff *skb,
				    unsigned int offset)
{
	return IP_VS_FIRST_NO;
}

static void ipsec_track(struct ip_vs_conn *c, enum ip_vs_dir dir,
			const struct sk_buff *skb, unsigned int offset,
			const struct ip_vs_timeouts *timeouts)
{
}

const struct ip_vs_proto ip_vs_proto_ah = {
	.protocol = IPPROTO_AH,
	.name = "AH",
	.first = ipsec_first,
	.track = ipsec_track,
};

const struct ip_vs_proto ip_vs_proto_esp = {
	.protocol = IPPROTO_ESP,
	.name = "ESP",
	.first = ipsec_first,
	.track = ipsec_track,
};

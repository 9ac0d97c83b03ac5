// SPDX-License-Identifier: GPL-2.0-only
/* SIP over UDP: all packets of a call, whoever sends them, go to one real
 * server. The key is the Call-ID.
 */

#include <linux/udp.h>

#include "pe.h"
#include "sip_parse.h"

static bool sip_find(struct sk_buff *skb, const struct ip_vs_packet *p,
		     struct ip_vs_pe_key *key)
{
	unsigned int payload = p->transport + sizeof(struct udphdr);
	const u8 *data;
	size_t at;

	if (p->tuple.k.protocol != IPPROTO_UDP || payload >= skb->len ||
	    skb_linearize(skb))
		return false;
	data = skb->data + payload;
	key->len = ip_vs_sip_call_id(data, skb->len - payload, &at);
	key->data = data + at;
	strscpy(key->engine, "sip", sizeof(key->engine));
	return key->len;
}

static struct ip_vs_pe sip_engine = {
	.name = "sip",
	.module = THIS_MODULE,
	.out_protocol = IPPROTO_UDP,
	.find = sip_find,
	.valid = ip_vs_sip_call_id_valid,
};

static int __init sip_init(void)
{
	return register_ip_vs_pe(&sip_engine);
}

static void __exit sip_exit(void)
{
	unregister_ip_vs_pe(&sip_engine);
}

module_init(sip_init);
module_exit(sip_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("IPVS SIP persistence engine");
MODULE_VERSION(IP_VS_VERSION);

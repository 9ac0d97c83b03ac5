/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_SKBUFF_H
#define _SHIM_LINUX_SKBUFF_H

#include <linux/jiffies.h>
#include <linux/types.h>

enum {
	CHECKSUM_NONE,
	CHECKSUM_UNNECESSARY,
	CHECKSUM_COMPLETE,
	CHECKSUM_PARTIAL,
};

/* A packet from its network header on, in one piece of memory, of which only
 * @headlen octets count as directly readable.
 */
struct sk_buff {
	u8 *data;
	unsigned int len;
	unsigned int headlen;
	bool no_memory;		/* to make it writable */
	u8 ip_summed;
	bool gso;
	__wsum csum;
};

static inline unsigned char *skb_network_header(const struct sk_buff *skb)
{
	return skb->data;
}

static inline unsigned int skb_headlen(const struct sk_buff *skb)
{
	return skb->headlen < skb->len ? skb->headlen : skb->len;
}

static inline bool skb_is_gso(const struct sk_buff *skb)
{
	return skb->gso;
}

static inline int skb_ensure_writable(struct sk_buff *skb, unsigned int len)
{
	return skb->no_memory || len > skb->len ? -ENOMEM : 0;
}

static inline void *skb_header_pointer(const struct sk_buff *skb, int offset,
				       int len, void *buffer)
{
	if (offset < 0 || len < 0 ||
	    (unsigned int)offset + (unsigned int)len > skb->len)
		return NULL;
	if ((unsigned int)offset + (unsigned int)len <= skb->headlen)
		return skb->data + offset;
	memcpy(buffer, skb->data + offset, len);
	return buffer;
}

#endif

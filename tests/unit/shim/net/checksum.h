/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_CHECKSUM_H
#define _SHIM_NET_CHECKSUM_H

/* Arithmetic of the Internet checksum (RFC 1071, RFC 1624) with the meaning of
 * the kernel's functions of these names.
 */

#include <linux/skbuff.h>

#define CSUM_MANGLED_0 ((__sum16)0xffff)

static inline __sum16 csum_fold(__wsum sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return (__sum16)~sum;
}

static inline __wsum csum_add(__wsum a, __wsum b)
{
	__wsum sum = a + b;

	return sum + (sum < b);
}

/* From @offset in the packet, @len octets. */
static inline __wsum skb_checksum(const struct sk_buff *skb, int offset,
				  int len, __wsum sum)
{
	const u8 *p = skb->data + offset;
	__u16 word;

	for (; len > 0; len -= 2, p += 2) {
		word = 0;
		memcpy(&word, p, len > 1 ? 2 : 1);
		sum = csum_add(sum, word);
	}
	return sum;
}

static inline void csum_replace4(__sum16 *check, __be32 from, __be32 to)
{
	*check = csum_fold(csum_add(csum_add((__u16)~*check, ~from), to));
}

/* A partial checksum is that of the pseudo header, not inverted; only what
 * stands there changes it. A complete one covers what is changed and the
 * checksum itself, so that it stays, but for the pseudo header's part.
 */
static inline void inet_proto_csum_replace4(__sum16 *check,
					    struct sk_buff *skb, __be32 from,
					    __be32 to, bool pseudohdr)
{
	__wsum change = csum_add(~from, to);

	if (skb->ip_summed == CHECKSUM_PARTIAL) {
		if (pseudohdr)
			*check = ~csum_fold(csum_add(change, *check));
		return;
	}
	csum_replace4(check, from, to);
	if (skb->ip_summed == CHECKSUM_COMPLETE && pseudohdr)
		skb->csum = ~csum_add(change, ~skb->csum);
}

static inline void inet_proto_csum_replace2(__sum16 *check,
					    struct sk_buff *skb, __be16 from,
					    __be16 to, bool pseudohdr)
{
	inet_proto_csum_replace4(check, skb, from, to, pseudohdr);
}

/* Of IPv6 addresses, which no header checksum covers: a complete checksum over
 * both the address and the transport checksum stays as it is.
 */
static inline void inet_proto_csum_replace16(__sum16 *check,
					     struct sk_buff *skb,
					     const __be32 *from,
					     const __be32 *to, bool pseudohdr)
{
	__wsum csum = skb->csum;
	int i;

	for (i = 0; i < 4; i++)
		inet_proto_csum_replace4(check, skb, from[i], to[i],
					 pseudohdr);
	skb->csum = csum;
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_NET_IPV6_H
#define _SHIM_NET_IPV6_H

#include <linux/in6.h>
#include <linux/ipv6.h>

#define NEXTHDR_FRAGMENT	44
#define NEXTHDR_AUTH		51
#define NEXTHDR_NONE		59

#define IP6_FH_F_FRAG		1
#define IP6_FH_F_AUTH		2
#define IP6_OFFSET		0xfff8

struct frag_hdr {
	u8 nexthdr, reserved;
	__be16 frag_off;
	__be32 identification;
};

static inline bool ipv6_ext_hdr(u8 next)
{
	return next == 0 || next == 43 || next == NEXTHDR_FRAGMENT ||
	       next == NEXTHDR_AUTH || next == NEXTHDR_NONE || next == 60;
}

/* As the kernel's with target -1: what the chain ends in, and where. Behind a
 * later fragment's header nothing is looked for; *@offset stays then.
 */
static inline int ipv6_find_hdr(const struct sk_buff *skb, unsigned int *offset,
				int target, unsigned short *fragment,
				int *flags)
{
	unsigned int at = *offset + sizeof(struct ipv6hdr);
	u8 buf[8], *h, next;
	unsigned int size;

	h = (u8 *)skb_header_pointer(skb, *offset, 8, buf);
	if (!h || target >= 0)
		return -EBADMSG;
	for (next = h[6]; ipv6_ext_hdr(next) && next != NEXTHDR_NONE &&
	     !(next == NEXTHDR_AUTH && flags && *flags & IP6_FH_F_AUTH);
	     next = h[0], at += size) {
		h = (u8 *)skb_header_pointer(skb, at, 8, buf);
		if (!h)
			return -EBADMSG;
		size = next == NEXTHDR_FRAGMENT ? 8 :
		       next == NEXTHDR_AUTH ? (h[1] + 2) * 4 : (h[1] + 1) * 8;
		if (next != NEXTHDR_FRAGMENT)
			continue;
		if (flags)
			*flags |= IP6_FH_F_FRAG;
		*fragment = (h[2] << 8 | h[3]) & IP6_OFFSET;
		if (*fragment)
			return ipv6_ext_hdr(h[0]) && h[0] != NEXTHDR_NONE
				? -ENOENT : h[0];
	}
	*offset = at;
	return next;
}

static inline bool ipv6_addr_equal(const struct in6_addr *a,
				   const struct in6_addr *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static inline u32 ipv6_addr_hash(const struct in6_addr *a)
{
	return a->s6_addr32[0] ^ a->s6_addr32[1] ^ a->s6_addr32[2] ^ a->s6_addr32[3];
}

static inline void ipv6_addr_prefix(struct in6_addr *to,
				    const struct in6_addr *from, int len)
{
	const u8 *in = (const u8 *)from;
	u8 *out = (u8 *)to;
	int i;

	for (i = 0; i < 128; i++) {
		u8 bit = 0x80 >> i % 8;

		out[i / 8] = (out[i / 8] & ~bit) | (i < len ? in[i / 8] & bit : 0);
	}
}

#endif

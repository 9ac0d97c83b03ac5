/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_NFCT_H
#define _IP_VS_NFCT_H

/* What becomes of the kernel's connection tracking on a packet of ours. It is
 * left out (untracked; a tunnel's own packet is a flow of the host's, as any),
 * unless the sysctl "conntrack" was on when the connection began, or a helper
 * reads it: then the connection has IP_VS_CONN_F_NFCT, and its entry in
 * conntrack's table is told where the answers will come from.
 *
 * The work is done by the module ip_vs_nfct, which needs nf_conntrack; it is
 * loaded when somebody turns the sysctl on or loads such a helper, so that
 * nobody else has either. All under RCU, BH disabled, but for load and exit.
 */

#include <linux/skbuff.h>

#include "conn.h"

struct ip_vs_nfct_ops {
	/* It may be loaded since before an upgrade: both must be ours. */
	u32 size;
	u32 conn_size;
	/* False: drop the packet. */
	bool (*settle)(struct sk_buff *skb, const struct ip_vs_conn *c,
		       enum ip_vs_dir dir, bool local);
	bool (*renew)(struct net *net, struct sk_buff *skb, u8 family,
		      unsigned int hook);
	void (*forget)(struct net *net, const struct ip_vs_conn *c);
	void (*expect)(struct sk_buff *skb, const struct ip_vs_tuple *t);
};

/* Of the module ip_vs_nfct. */
extern const struct ip_vs_nfct_ops ip_vs_nfct_ops;

/* 0; -EOPNOTSUPP: there is no such module, of our version; -ENOMEM. Sleeps. */
int ip_vs_nfct_load(void);
void ip_vs_nfct_exit(void);
/* Somebody has loaded it. */
bool ip_vs_nfct_loaded(void);

void ip_vs_untrack(struct sk_buff *skb);
bool ip_vs_nfct_settle_slow(struct sk_buff *skb, const struct ip_vs_conn *c,
			    enum ip_vs_dir dir, bool local);
bool ip_vs_nfct_renew_slow(struct net *net, struct sk_buff *skb, u8 family,
			   unsigned int hook);
void ip_vs_nfct_forget_slow(struct net *net, const struct ip_vs_conn *c);
void ip_vs_nfct_expect_slow(struct sk_buff *skb, const struct ip_vs_tuple *t);

static inline bool ip_vs_nfct_used(const struct ip_vs_conn *c)
{
	return unlikely(READ_ONCE(c->flags) & IP_VS_CONN_F_NFCT);
}

/* @skb has its new addresses, but no tunnel's header yet. @local: the real
 * server is this host. False: drop the packet.
 */
static inline bool ip_vs_nfct_settle(struct sk_buff *skb,
				     const struct ip_vs_conn *c,
				     enum ip_vs_dir dir, bool local)
{
	if (ip_vs_nfct_used(c))
		return ip_vs_nfct_settle_slow(skb, c, dir, local);
	if (dir == IP_VS_DIR_CLIENT && !local &&
	    ip_vs_conn_fwd(c) == IP_VS_CONN_F_TUNNEL)
		nf_reset_ct(skb);
	else
		ip_vs_untrack(skb);
	return true;
}

/* @skb opens @c; an entry that it brings from an older connection of this tuple
 * ends, and it gets a new one. False: drop the packet, its sender will try
 * again.
 */
static inline bool ip_vs_nfct_renew(struct net *net, struct sk_buff *skb,
				    const struct ip_vs_conn *c,
				    unsigned int hook)
{
	if (!ip_vs_nfct_used(c) || c->flags & IP_VS_CONN_F_ONE_PACKET ||
	    ip_vs_conn_fwd(c) != IP_VS_CONN_F_MASQ)
		return true;
	return ip_vs_nfct_renew_slow(net, skb, ip_vs_conn_family(c), hook);
}

/* @c is over, and so is its entry. */
static inline void ip_vs_nfct_forget(struct net *net,
				     const struct ip_vs_conn *c)
{
	if (ip_vs_nfct_used(c))
		ip_vs_nfct_forget_slow(net, c);
}

/* @skb is of @c and says that a connection whose client sends @t (port 0: any)
 * will come: to a firewall it is related to @c, if an administrator has given
 * that one a helper of conntrack's (nft's "ct helper").
 */
static inline void ip_vs_nfct_expect(struct sk_buff *skb,
				     const struct ip_vs_conn *c,
				     const struct ip_vs_tuple *t)
{
	if (ip_vs_nfct_used(c))
		ip_vs_nfct_expect_slow(skb, t);
}

#endif

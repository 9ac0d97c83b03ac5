// SPDX-License-Identifier: GPL-2.0-only
#include "nfct.h"

#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/netfilter/nf_conntrack_common.h>

#include "limits.h"

/* Of ip_vs_nfct, which is asked for by name at run time; once found it stays
 * until we go, because connections rely on it.
 */
static const struct ip_vs_nfct_ops *nfct __read_mostly;
static DEFINE_MUTEX(nfct_mutex);	/* of those who look for it */

static const struct ip_vs_nfct_ops *find(void)
{
	const struct ip_vs_nfct_ops *found = symbol_get(ip_vs_nfct_ops);

	if (!found || (found->size == sizeof(*found) &&
		       found->conn_size == sizeof(struct ip_vs_conn)))
		return found;
	symbol_put(ip_vs_nfct_ops);
	pr_warn_ratelimited(IP_VS_LOG "ip_vs_nfct is another version's: rmmod it\n");
	return NULL;
}

int ip_vs_nfct_load(void)
{
	const struct ip_vs_nfct_ops *found;
	int err = 0;

	mutex_lock(&nfct_mutex);
	found = nfct ?: find();
	if (!found) {
		err = request_module("ip_vs_nfct");
		found = find();
	}
	smp_store_release(&nfct, found);
	mutex_unlock(&nfct_mutex);
	if (found)
		return 0;
	return err == -ENOMEM ? err : -EOPNOTSUPP;
}
EXPORT_SYMBOL_GPL(ip_vs_nfct_load);

void ip_vs_nfct_exit(void)
{
	if (nfct)
		symbol_put(ip_vs_nfct_ops);
	nfct = NULL;
}

bool ip_vs_nfct_loaded(void)
{
	return smp_load_acquire(&nfct);
}

void ip_vs_untrack(struct sk_buff *skb)
{
#if IS_ENABLED(CONFIG_NF_CONNTRACK)
	if (skb_get_nfct(skb) == IP_CT_UNTRACKED)
		return;
	nf_reset_ct(skb);
	skb_set_nfct(skb, IP_CT_UNTRACKED);
#endif
}

/* A connection has the flag only if somebody has found the module before. */
bool ip_vs_nfct_settle_slow(struct sk_buff *skb, const struct ip_vs_conn *c,
			    enum ip_vs_dir dir, bool local)
{
	return smp_load_acquire(&nfct)->settle(skb, c, dir, local);
}

bool ip_vs_nfct_renew_slow(struct net *net, struct sk_buff *skb, u8 family,
			   unsigned int hook)
{
	return smp_load_acquire(&nfct)->renew(net, skb, family, hook);
}

void ip_vs_nfct_forget_slow(struct net *net, const struct ip_vs_conn *c)
{
	smp_load_acquire(&nfct)->forget(net, c);
}

void ip_vs_nfct_expect_slow(struct sk_buff *skb, const struct ip_vs_tuple *t)
{
	smp_load_acquire(&nfct)->expect(skb, t);
}

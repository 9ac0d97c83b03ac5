// SPDX-License-Identifier: GPL-2.0-only
/* The match "ipvs" of iptables: is a packet one that IPVS handles, and of which
 * service? Speaks to userspace by the kernel's uapi header.
 */

#include <linux/module.h>
#include <linux/netfilter/x_tables.h>
#include <net/netfilter/nf_conntrack.h>
#include <uapi/linux/netfilter/xt_ipvs.h>

#include "addr.h"
#include "view.h"

/* One question of a rule: as it is answered, or its opposite where the rule
 * inverts it.
 */
static bool holds(const struct xt_ipvs_mtinfo *rule, u8 bit, bool answer)
{
	return !(rule->bitmask & bit) || answer != !!(rule->invert & bit);
}

static bool vaddr_equal(const struct xt_ipvs_mtinfo *rule, u8 family,
			const union nf_inet_addr *vaddr)
{
	if (family == NFPROTO_IPV4)
		return !((vaddr->ip ^ rule->vaddr.ip) & rule->vmask.ip);
	return !ipv6_masked_addr_cmp(&vaddr->in6, &rule->vmask.in6,
				     &rule->vaddr.in6);
}

/* Without connection tracking nobody can tell. */
static bool direction_holds(const struct xt_ipvs_mtinfo *rule,
			    const struct sk_buff *skb)
{
	enum ip_conntrack_info info;

	if (!(rule->bitmask & XT_IPVS_DIR))
		return true;
	if (!nf_ct_get(skb, &info))
		return false;
	return (info >= IP_CT_IS_REPLY) == !!(rule->invert & XT_IPVS_DIR);
}

static bool ipvs_match(const struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_ipvs_mtinfo *rule = par->matchinfo;
	u8 family = xt_family(par);
	struct ip_vs_view view;

	if (rule->bitmask == XT_IPVS_IPVS_PROPERTY)
		return holds(rule, XT_IPVS_IPVS_PROPERTY, skb->ipvs_property);
	if (!skb->ipvs_property ||
	    !ip_vs_view_sent(xt_net(par), skb, family, &view))
		return false;
	return holds(rule, XT_IPVS_PROTO, view.protocol == rule->l4proto) &&
	       holds(rule, XT_IPVS_VADDR,
		     vaddr_equal(rule, family, &view.vaddr)) &&
	       holds(rule, XT_IPVS_VPORT, view.vport == rule->vport) &&
	       holds(rule, XT_IPVS_VPORTCTL,
		     view.controlled && view.control_vport == rule->vportctl) &&
	       holds(rule, XT_IPVS_METHOD, view.fwd == rule->fwd_method) &&
	       direction_holds(rule, skb);
}

static int ipvs_check(const struct xt_mtchk_param *par)
{
	if (par->family == NFPROTO_IPV4)
		return 0;
	if (IS_ENABLED(CONFIG_IPV6) && par->family == NFPROTO_IPV6)
		return 0;
	pr_info_ratelimited("the ipvs match is for IPv4 and IPv6\n");
	return -EINVAL;
}

static struct xt_match ipvs_xt_match __read_mostly = {
	.name = "ipvs",
	.revision = 0,
	.family = NFPROTO_UNSPEC,
	.match = ipvs_match,
	.checkentry = ipvs_check,
	.matchsize = XT_ALIGN(sizeof(struct xt_ipvs_mtinfo)),
	.me = THIS_MODULE,
};

static int __init ipvs_match_init(void)
{
	return xt_register_match(&ipvs_xt_match);
}

static void __exit ipvs_match_exit(void)
{
	xt_unregister_match(&ipvs_xt_match);
}

module_init(ipvs_match_init);
module_exit(ipvs_match_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Xtables: match packets that IPVS handles");
MODULE_ALIAS("ipt_ipvs");
MODULE_ALIAS("ip6t_ipvs");
MODULE_VERSION(IP_VS_VERSION);

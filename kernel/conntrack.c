// SPDX-License-Identifier: GPL-2.0-only
#include "nfct.h"

#include <linux/module.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_expect.h>
#include <net/netfilter/nf_conntrack_helper.h>
#include <net/netfilter/nf_conntrack_l4proto.h>
#include <net/netfilter/nf_conntrack_labels.h>
#include <net/netfilter/nf_conntrack_timeout.h>
#include <net/netfilter/nf_conntrack_zones.h>

/* The side of conntrack: calls nothing of ip_vs, so that ip_vs can be unloaded
 * while this stays.
 */

/* Of the entry a client began, answers come from the real server; of one that
 * the real server began (active FTP), they go to the virtual address. Nobody
 * else sees the entry before it is confirmed.
 */
static void alter_reply(struct nf_conn *ct, const struct ip_vs_conn *c,
			enum ip_vs_dir dir)
{
	struct nf_conntrack_tuple reply;
	u8 family = ip_vs_conn_family(c);

	reply = ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	if (dir == IP_VS_DIR_CLIENT) {
		ip_vs_addr_copy(family, &reply.src.u3, ip_vs_conn_daddr(c));
		reply.src.u.all = ip_vs_conn_dport(c);
	} else {
		ip_vs_addr_copy(family, &reply.dst.u3, ip_vs_conn_vaddr(c));
		reply.dst.u.all = ip_vs_conn_vport(c);
	}
	nf_conntrack_alter_reply(ct, &reply);
}

/* Where a payload helper has shifted the numbers, each side speaks of a window
 * that the other doesn't know.
 */
static void allow_shifts(struct nf_conn *ct, const struct ip_vs_conn *c)
{
	if (likely(!(READ_ONCE(c->flags) & IP_VS_CONN_F_SEQ_MASK)) ||
	    nf_ct_protonum(ct) != IPPROTO_TCP)
		return;
	spin_lock(&ct->lock);
	nf_ct_set_tcp_be_liberal(ct);
	spin_unlock(&ct->lock);
}

static bool settle_masq(struct nf_conn *ct, enum ip_conntrack_info ctinfo,
			const struct ip_vs_conn *c, enum ip_vs_dir dir)
{
	allow_shifts(ct, c);
	if (CTINFO2DIR(ctinfo) == IP_CT_DIR_ORIGINAL &&
	    !nf_ct_is_confirmed(ct) && !nf_ct_is_dying(ct) &&
	    !(c->flags & IP_VS_CONN_F_ONE_PACKET))
		alter_reply(ct, c, dir);
	return true;
}

/* In a tunnel the packet is out of conntrack's sight; the tunnel's own packet
 * is another.
 */
static bool settle_tunnel(struct sk_buff *skb)
{
	if (nf_conntrack_confirm(skb) != NF_ACCEPT)
		return false;
	nf_reset_ct(skb);
	return true;
}

/* A connection that another director began, with its real server on this host:
 * the server's own entry has the answers' tuple already.
 */
static bool settle(struct sk_buff *skb, const struct ip_vs_conn *c,
		   enum ip_vs_dir dir, bool local)
{
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	u32 fwd = ip_vs_conn_fwd(c);

	if (!ct)
		return true;
	if (fwd == IP_VS_CONN_F_MASQ)
		return !(local && c->flags & IP_VS_CONN_F_SYNC) &&
		       settle_masq(ct, ctinfo, c, dir);
	if (fwd == IP_VS_CONN_F_TUNNEL && dir == IP_VS_DIR_CLIENT && !local)
		return settle_tunnel(skb);
	return true;
}

/* Rules before us have made something of @ct that is for its first packet only,
 * and cannot be done again from here.
 */
static bool has_more(const struct nf_conn *ct)
{
#if IS_ENABLED(CONFIG_NF_CONNTRACK_MARK)
	if (READ_ONCE(ct->mark))
		return true;
#endif
	return ct->status & IPS_DST_NAT || nfct_help(ct) ||
	       nf_ct_labels_find(ct) || nf_ct_timeout_find(ct) ||
	       nf_ct_zone(ct)->id != NF_CT_DEFAULT_ZONE_ID;
}

static bool renew(struct net *net, struct sk_buff *skb, u8 family,
		  unsigned int hook)
{
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	struct nf_hook_state state = {
		.hook = hook == NF_INET_LOCAL_OUT ? NF_INET_LOCAL_OUT
						  : NF_INET_PRE_ROUTING,
		.pf = family,
		.net = net,
		.in = skb->dev,
	};
	bool more;

	if (!ct || !nf_ct_is_confirmed(ct))
		return true;
	more = has_more(ct);
	if (more && nf_ct_protonum(ct) == IPPROTO_UDP)
		return true;	/* nobody sends it again */
	nf_ct_kill(ct);
	if (more)
		return false;
	nf_reset_ct(skb);
	return nf_conntrack_in(skb, &state) == NF_ACCEPT;
}

static void forget(struct net *net, const struct ip_vs_conn *c)
{
	u8 family = ip_vs_conn_family(c);
	struct nf_conntrack_tuple_hash *h;
	struct nf_conntrack_tuple t = {};
	struct nf_conn *ct;

	t.src.l3num = family;
	t.src.u.all = ip_vs_conn_cport(c);
	t.dst.u.all = ip_vs_conn_vport(c);
	t.dst.protonum = c->client.key.protocol;
	ip_vs_addr_copy(family, &t.src.u3, ip_vs_conn_caddr(c));
	ip_vs_addr_copy(family, &t.dst.u3, ip_vs_conn_vaddr(c));
	h = nf_conntrack_find_get(net, &nf_ct_zone_dflt, &t);
	if (!h)
		return;
	ct = nf_ct_tuplehash_to_ctrack(h);
	nf_ct_kill(ct);
	nf_ct_put(ct);
}

/* Without a helper conntrack has no word on how long to wait, and refuses. What
 * it refuses is no error of ours: the connection comes all the same.
 */
static void expect(struct sk_buff *skb, const struct ip_vs_tuple *t)
{
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	struct nf_conn_help *help = ct ? nfct_help(ct) : NULL;
	struct nf_conntrack_expect *e;

	if (!help || !rcu_access_pointer(help->helper))
		return;
	e = nf_ct_expect_alloc(ct);
	if (!e)
		return;
	nf_ct_expect_init(e, NF_CT_EXPECT_CLASS_DEFAULT, t->k.family,
			  ip_vs_tuple_src(t), ip_vs_tuple_dst(t),
			  t->k.protocol, t->k.sport ? &t->k.sport : NULL,
			  &t->k.dport);
	nf_ct_expect_related(e, 0);
	nf_ct_expect_put(e);
}

const struct ip_vs_nfct_ops ip_vs_nfct_ops = {
	.size = sizeof(struct ip_vs_nfct_ops),
	.conn_size = sizeof(struct ip_vs_conn),
	.settle = settle,
	.renew = renew,
	.forget = forget,
	.expect = expect,
};
EXPORT_SYMBOL_GPL(ip_vs_nfct_ops);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("IP Virtual Server: connection tracking by nf_conntrack");
MODULE_VERSION(IP_VS_VERSION);

// SPDX-License-Identifier: GPL-2.0-only
#include "view.h"

#include <linux/export.h>

#include "netns.h"
#include "packet.h"

/* By NAT the packet is what the server will answer to; by other methods it is
 * still what the client sent.
 */
static struct ip_vs_conn *find_sent(struct ip_vs_conns *conns,
				    struct ip_vs_tuple *sent)
{
	struct ip_vs_tuple answer;
	struct ip_vs_conn *c;
	enum ip_vs_dir dir;

	ip_vs_tuple_invert(&answer, sent);
	ip_vs_tuple_seal(&answer);
	c = ip_vs_conn_find(conns, &answer, &dir);
	if (c && dir == IP_VS_DIR_SERVER &&
	    ip_vs_conn_fwd(c) == IP_VS_CONN_F_MASQ)
		return c;
	ip_vs_tuple_seal(sent);
	c = ip_vs_conn_find_client(conns, sent);
	return c && ip_vs_conn_fwd(c) != IP_VS_CONN_F_MASQ ? c : NULL;
}

static void view_fill(struct ip_vs_view *view, const struct ip_vs_conn *c)
{
	const struct ip_vs_conn *control = READ_ONCE(c->control);

	ip_vs_addr_copy(ip_vs_conn_family(c), &view->vaddr,
			ip_vs_conn_vaddr(c));
	view->vport = ip_vs_conn_vport(c);
	view->controlled = control;
	view->control_vport = control ? ip_vs_conn_vport(control) : 0;
	view->fwd = ip_vs_conn_fwd(c);
	view->protocol = c->client.key.protocol;
}

bool ip_vs_view_sent(struct net *net, const struct sk_buff *skb, u8 family,
		     struct ip_vs_view *view)
{
	struct ip_vs_conns *conns = &ip_vs_net(net)->conns;
	struct ip_vs_packet p;
	struct ip_vs_conn *c;

	if (!ip_vs_conns_opened(conns) ||
	    ip_vs_packet_parse(&p, skb, family) != IP_VS_PACKET_PLAIN)
		return false;
	c = find_sent(conns, &p.tuple);
	if (!c || !ip_vs_conn_left(c))
		return false;
	view_fill(view, c);
	return true;
}
EXPORT_SYMBOL_GPL(ip_vs_view_sent);

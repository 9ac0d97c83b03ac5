// SPDX-License-Identifier: GPL-2.0-only
#include "nat.h"

#include <linux/icmp.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/ip.h>

/* What to write: the address and port that the other side is to see. */
struct endpoint {
	__be32 addr;
	__be16 port;
};

static struct endpoint new_endpoint(const struct ip_vs_conn *c,
				    enum ip_vs_dir dir)
{
	struct endpoint e;

	if (dir == IP_VS_DIR_CLIENT) {
		e.addr = ip_vs_conn_daddr(c)->ip;
		e.port = ip_vs_conn_dport(c);
	} else {
		e.addr = ip_vs_conn_vaddr(c)->ip;
		e.port = ip_vs_conn_vport(c);
	}
	return e;
}

static void set_addr(struct iphdr *iph, __be32 *where, __be32 addr)
{
	csum_replace4(&iph->check, *where, addr);
	*where = addr;
}

/* A UDP checksum of zero says that there is none (RFC 768), and it stays so. */
static void fix_checksum(struct sk_buff *skb, __sum16 *check, bool udp,
			 const struct endpoint *old,
			 const struct endpoint *new)
{
	if (udp && !*check && skb->ip_summed != CHECKSUM_PARTIAL)
		return;
	inet_proto_csum_replace4(check, skb, old->addr, new->addr, true);
	inet_proto_csum_replace2(check, skb, old->port, new->port, false);
	if (udp && !*check)
		*check = CSUM_MANGLED_0;
}

bool ip_vs_nat_packet(struct sk_buff *skb, const struct ip_vs_packet *p,
		      const struct ip_vs_conn *c, enum ip_vs_dir dir)
{
	bool udp = p->tuple.k.protocol == IPPROTO_UDP;
	size_t size = udp ? sizeof(struct udphdr) : sizeof(struct tcphdr);
	struct endpoint old, new = new_endpoint(c, dir);
	__be32 *addr;
	__be16 *port;
	__sum16 *check;
	u8 *transport;

	if (skb_ensure_writable(skb, p->transport + size))
		return false;
	transport = skb_network_header(skb) + p->transport;
	port = (__be16 *)transport + (dir == IP_VS_DIR_CLIENT);
	addr = dir == IP_VS_DIR_CLIENT ? &ip_hdr(skb)->daddr
				       : &ip_hdr(skb)->saddr;
	check = udp ? &((struct udphdr *)transport)->check
		    : &((struct tcphdr *)transport)->check;
	old.addr = *addr;
	old.port = *port;
	fix_checksum(skb, check, udp, &old, &new);
	*port = new.port;
	set_addr(ip_hdr(skb), addr, new.addr);
	return true;
}

/* The embedded packet went the other way: towards the server its source is
 * what the server must recognise as its own, and the reverse. Its transport
 * checksum may be cut off and is left alone, as RFC 5508 (4.2) allows.
 */
static void nat_embedded(struct sk_buff *skb, const struct ip_vs_packet *p,
			 const struct endpoint *e, enum ip_vs_dir dir)
{
	struct iphdr *inner = (void *)skb_network_header(skb) + p->inner;
	__be16 *ports = (void *)skb_network_header(skb) + p->inner_transport;

	if (dir == IP_VS_DIR_CLIENT) {
		set_addr(inner, &inner->saddr, e->addr);
		ports[0] = e->port;
	} else {
		set_addr(inner, &inner->daddr, e->addr);
		ports[1] = e->port;
	}
}

static void seal_error(struct sk_buff *skb, unsigned int offset)
{
	struct icmphdr *ich = (void *)skb_network_header(skb) + offset;

	ich->checksum = 0;
	ich->checksum = csum_fold(skb_checksum(skb, offset, skb->len - offset,
					       0));
	skb->ip_summed = CHECKSUM_NONE;
}

bool ip_vs_nat_error(struct sk_buff *skb, const struct ip_vs_packet *p,
		     const struct ip_vs_conn *c, enum ip_vs_dir dir)
{
	struct endpoint e = new_endpoint(c, dir);
	struct iphdr *iph;

	if (skb->ip_summed != CHECKSUM_UNNECESSARY &&
	    csum_fold(skb_checksum(skb, p->transport, skb->len - p->transport,
				   0)))
		return false;
	if (skb_ensure_writable(skb, p->inner_transport + 2 * sizeof(__be16)))
		return false;
	nat_embedded(skb, p, &e, dir);
	iph = ip_hdr(skb);
	set_addr(iph, dir == IP_VS_DIR_CLIENT ? &iph->daddr : &iph->saddr,
		 e.addr);
	seal_error(skb, p->transport);
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "nat.h"

#include <linux/icmp.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/sctp.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>

#include "crc32c.h"

/* What to write: the address and port that the other side is to see. */
struct endpoint {
	const union nf_inet_addr *addr;
	__be16 port;
};

static struct endpoint new_endpoint(const struct ip_vs_conn *c,
				    enum ip_vs_dir dir)
{
	struct endpoint e;

	if (dir == IP_VS_DIR_CLIENT) {
		e.addr = ip_vs_conn_daddr(c);
		e.port = ip_vs_conn_dport(c);
	} else {
		e.addr = ip_vs_conn_vaddr(c);
		e.port = ip_vs_conn_vport(c);
	}
	return e;
}

/* In the network header at @header: its destination, or its source. */
static union nf_inet_addr *addr_in(void *header, u8 family, bool destination)
{
	if (family == AF_INET) {
		struct iphdr *iph = header;

		return (void *)(destination ? &iph->daddr : &iph->saddr);
	} else {
		struct ipv6hdr *iph = header;

		return (void *)(destination ? &iph->daddr : &iph->saddr);
	}
}

static __always_inline void set_addr(void *header, u8 family, bool destination,
				     const union nf_inet_addr *addr)
{
	union nf_inet_addr *where = addr_in(header, family, destination);
	struct iphdr *iph = header;

	if (family == AF_INET) {
		csum_replace4(&iph->check, where->ip, addr->ip);
		where->ip = addr->ip;
	} else {
		where->in6 = addr->in6;
	}
}

/* A UDP checksum of zero says that there is none (RFC 768, RFC 6935), and it
 * stays so.
 */
static bool has_none(const struct sk_buff *skb, const struct udphdr *udp)
{
	return !udp->check && skb->ip_summed != CHECKSUM_PARTIAL;
}

static void fix_checksum(struct sk_buff *skb, __sum16 *check,
			 const struct ip_vs_key *k, const struct endpoint *old,
			 const struct endpoint *new)
{
	bool udp = k->protocol == IPPROTO_UDP;

	if (k->family == AF_INET)
		inet_proto_csum_replace4(check, skb, old->addr->ip,
					 new->addr->ip, true);
	else
		inet_proto_csum_replace16(check, skb, old->addr->ip6,
					  new->addr->ip6, true);
	if (old->port != new->port)
		inet_proto_csum_replace2(check, skb, old->port, new->port,
					 false);
	if (udp && !*check)
		*check = CSUM_MANGLED_0;
}

/* What a device is still to sum, whole or in segments, it sums as it is then. */
static void fix_crc(struct sk_buff *skb, unsigned int offset,
		    bool to_server, __be16 port)
{
	struct sctphdr *sh = (void *)skb_network_header(skb) + offset;
	u32 delta = ntohs((to_server ? sh->dest : sh->source) ^ port);

	if (!delta || skb->ip_summed == CHECKSUM_PARTIAL || skb_is_gso(skb))
		return;
	delta = swab32(to_server ? delta : delta << 16);
	sh->checksum ^= cpu_to_le32(ip_vs_crc32c_delta(delta,
						       skb->len - offset));
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
}

static __always_inline void set_port(struct sk_buff *skb,
				     const struct ip_vs_packet *p,
				     const struct endpoint *new, bool to_server)
{
	const struct ip_vs_key *k = &p->tuple.k;
	void *transport = skb_network_header(skb) + p->transport;
	__be16 *port = (__be16 *)transport + to_server;
	struct endpoint old = {
		.addr = addr_in(skb_network_header(skb), k->family, to_server),
		.port = *port,
	};

	switch (p->protocol) {
	case IPPROTO_TCP:
		fix_checksum(skb, &((struct tcphdr *)transport)->check, k,
			     &old, new);
		break;
	case IPPROTO_UDP:
		if (!has_none(skb, transport))
			fix_checksum(skb, &((struct udphdr *)transport)->check,
				     k, &old, new);
		break;
	case IPPROTO_SCTP:
		fix_crc(skb, p->transport, to_server, new->port);
		break;
	}
	*port = new->port;
}

static __always_inline bool translate(struct sk_buff *skb,
				      const struct ip_vs_packet *p,
				      const struct ip_vs_conn *c,
				      const enum ip_vs_dir dir)
{
	const bool to_server = dir == IP_VS_DIR_CLIENT;
	unsigned int size = ip_vs_packet_header(p->protocol);
	struct endpoint new = new_endpoint(c, dir);

	if (skb_ensure_writable(skb, p->transport + size))
		return false;
	if (size)
		set_port(skb, p, &new, to_server);
	set_addr(skb_network_header(skb), p->tuple.k.family, to_server,
		 new.addr);
	return true;
}

bool ip_vs_nat_packet(struct sk_buff *skb, const struct ip_vs_packet *p,
		      const struct ip_vs_conn *c, enum ip_vs_dir dir)
{
	return dir == IP_VS_DIR_CLIENT ? translate(skb, p, c, IP_VS_DIR_CLIENT)
				       : translate(skb, p, c, IP_VS_DIR_SERVER);
}

/* The embedded packet went the other way: towards the server its source is
 * what the server must recognise as its own, and the reverse. Its transport
 * checksum may be cut off and is left alone, as RFC 5508 (4.2) allows.
 */
static void nat_embedded(struct sk_buff *skb, const struct ip_vs_packet *p,
			 const struct endpoint *e, enum ip_vs_dir dir)
{
	bool to_client = dir == IP_VS_DIR_SERVER;
	__be16 *ports = (void *)skb_network_header(skb) + p->inner_transport;

	set_addr(skb_network_header(skb) + p->inner, p->tuple.k.family,
		 to_client, e->addr);
	if (ip_vs_packet_header(p->protocol))
		ports[to_client] = e->port;
}

/* Over the ICMP message from @offset on, for ICMPv6 with the addresses too. */
static __sum16 error_sum(const struct sk_buff *skb, unsigned int offset,
			 u8 family)
{
	unsigned int len = skb->len - offset;
	__wsum sum = skb_checksum(skb, offset, len, 0);

	if (family == AF_INET)
		return csum_fold(sum);
	return csum_ipv6_magic(&ipv6_hdr(skb)->saddr, &ipv6_hdr(skb)->daddr,
			       len, IPPROTO_ICMPV6, sum);
}

/* ICMPv6 has its checksum where ICMP has it. */
static void seal_error(struct sk_buff *skb, unsigned int offset, u8 family)
{
	struct icmphdr *ich = (void *)skb_network_header(skb) + offset;

	ich->checksum = 0;
	ich->checksum = error_sum(skb, offset, family);
	skb->ip_summed = CHECKSUM_NONE;
}

bool ip_vs_nat_error_sound(const struct sk_buff *skb,
			   const struct ip_vs_packet *p)
{
	return skb->ip_summed == CHECKSUM_UNNECESSARY ||
	       !error_sum(skb, p->transport, p->tuple.k.family);
}

bool ip_vs_nat_error(struct sk_buff *skb, const struct ip_vs_packet *p,
		     const struct ip_vs_conn *c, enum ip_vs_dir dir)
{
	size_t ports = ip_vs_packet_header(p->protocol) ? 2 * sizeof(__be16) : 0;
	struct endpoint e = new_endpoint(c, dir);
	u8 family = p->tuple.k.family;

	if (skb_ensure_writable(skb, p->inner_transport + ports))
		return false;
	nat_embedded(skb, p, &e, dir);
	set_addr(skb_network_header(skb), family, dir == IP_VS_DIR_CLIENT,
		 e.addr);
	seal_error(skb, p->transport, family);
	return true;
}

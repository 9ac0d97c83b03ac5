/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_NAT_H
#define _IP_VS_NAT_H

/* Rewriting of one endpoint of a packet, checksums included. */

#include "conn.h"
#include "packet.h"

/* The packet travels in @dir: towards the server its destination becomes the
 * real server, towards the client its source becomes the virtual service.
 * Makes what it changes writable; false: no memory or too short, the packet
 * may be half changed and must be dropped.
 */
bool ip_vs_nat_packet(struct sk_buff *skb, const struct ip_vs_packet *p,
		      const struct ip_vs_conn *c, enum ip_vs_dir dir);

/* Is the checksum of an ICMP error right? One that is not must be dropped, as
 * translating would make it so.
 */
bool ip_vs_nat_error_sound(const struct sk_buff *skb,
			   const struct ip_vs_packet *p);

/* A sound ICMP error in @dir: the outer address as above, and in the embedded
 * packet, which went the other way, the endpoint that its sender knew.
 */
bool ip_vs_nat_error(struct sk_buff *skb, const struct ip_vs_packet *p,
		     const struct ip_vs_conn *c, enum ip_vs_dir dir);

#endif

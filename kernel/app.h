/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_APP_H
#define _IP_VS_APP_H

/* Helpers that read the payload of TCP connections by NAT, and may change it:
 * for protocols that say there where other connections are to be made. A module
 * registers one with the ports it is for; a connection is bound to it when it
 * is made, by the service's port, and stays so.
 */

#include <linux/module.h>
#include <linux/skbuff.h>

#include "conns.h"
#include "proto.h"

#define IP_VS_APP_PORTS		8	/* of one helper */
#define IP_VS_APP_SLOTS		16	/* ports of all helpers */

/* A packet with payload. RCU, BH disabled. */
struct ip_vs_app_packet {
	struct ip_vs_conns *conns;
	const struct ip_vs_timeouts *timeouts;
	struct sk_buff *skb;
	struct ip_vs_conn *c;
	enum ip_vs_dir dir;
	unsigned int transport;	/* offset of the TCP header */
	unsigned int payload;	/* offset */
	int diff;		/* octets that have been added */
};

struct ip_vs_app {
	const char *name;
	struct module *module;
	u16 port[IP_VS_APP_PORTS];	/* host order; 0: none */
	/* The packet is in one piece and may be written. False: drop it. */
	bool (*read)(struct ip_vs_app_packet *a);
};

/* How many connections of a namespace each slot has. */
struct ip_vs_apps {
	atomic_t users[IP_VS_APP_SLOTS];
};

/* Never under a lock; -EINVAL, -EEXIST for a port of another, -ENOSPC. */
int ip_vs_app_register(const struct ip_vs_app *app);
/* No connection is bound to it any more. */
void ip_vs_app_unregister(const struct ip_vs_app *app);
/* The name and port of a slot, or NULL. RCU. */
const char *ip_vs_app_slot(unsigned int slot, u16 *port);

/* By NAT only: nobody else's packets pass in both directions. */
bool ip_vs_app_possible(const struct ip_vs_conn *c);
/* How many slots helpers have taken. */
extern unsigned int ip_vs_apps_used;
struct ip_vs_conn *ip_vs_app_conn_new_slow(struct ip_vs_apps *apps,
					   struct ip_vs_conn_spec *spec);
/* As ip_vs_conn_new(), bound to the helper of its port if there is one; sets
 * spec->helped.
 */
static inline struct ip_vs_conn *ip_vs_app_conn_new(struct ip_vs_apps *apps,
						    struct ip_vs_conn_spec *spec)
{
	if (unlikely(READ_ONCE(ip_vs_apps_used) ||
		     spec->flags & IP_VS_CONN_F_SEQ_MASK))
		return ip_vs_app_conn_new_slow(apps, spec);
	return ip_vs_conn_new(spec);
}

/* All that concerns helpers, for a packet of a helped connection before its
 * addresses are rewritten. False: drop the packet.
 */
bool ip_vs_app_packet(struct ip_vs_app_packet *a);

/* For helpers. */

/* The @len octets at @at of the payload become @text. False: no memory. */
bool ip_vs_app_replace(struct ip_vs_app_packet *a, size_t at, size_t len,
		       const char *text, size_t size);
/* The client at @client (port 0: any) is going to have a connection with the
 * same real server; known to its packets as @vport of the virtual address. 0;
 * -EEXIST: that tuple leads elsewhere; -ENOMEM.
 */
struct ip_vs_app_data {
	const union nf_inet_addr *client;
	__be16 cport;
	__be16 vport;
	__be16 dport;
};

int ip_vs_app_expect(struct ip_vs_app_packet *a,
		     const struct ip_vs_app_data *data);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_PE_H
#define _IP_VS_PE_H

/* Persistence engines: what a client's packet says decides, beside whom it
 * comes from, which real server it goes to. Each is a module of its own, held
 * by the services that use it; templates have copies and hold nothing.
 */

#include <linux/module.h>
#include <linux/rcupdate.h>
#include <uapi/linux/ip_vs.h>

#include "packet.h"

struct ip_vs_pe {
	char name[IP_VS_PENAME_MAXLEN];
	struct module *module;
	struct list_head list;

	/* Real servers may begin to talk by this protocol, in the name of the
	 * service; 0: they may not.
	 */
	u8 out_protocol;
	/* What @skb says, borrowed from it, which may become linear. False:
	 * nothing that is understood. RCU, BH disabled.
	 */
	bool (*find)(struct sk_buff *skb, const struct ip_vs_packet *p,
		     struct ip_vs_pe_key *key);
	/* Can another director have found these octets? RCU. */
	bool (*valid)(const u8 *data, size_t len);
};

/* The name has an end. -EEXIST if the name is taken, -EINVAL if something is missing. */
int register_ip_vs_pe(struct ip_vs_pe *pe);
/* No service uses it any more, because each holds the module; also waits for
 * those who have just stopped.
 */
void unregister_ip_vs_pe(struct ip_vs_pe *pe);

/* Holding its module, or NULL; loads nothing. */
const struct ip_vs_pe *ip_vs_pe_get(const char *name);
/* @pe may be NULL. */
void ip_vs_pe_put(const struct ip_vs_pe *pe);

/* The registered one of this name, which is not ended by a NUL; or NULL. RCU. */
const struct ip_vs_pe *ip_vs_pe_named(const char *name, size_t len);

#endif

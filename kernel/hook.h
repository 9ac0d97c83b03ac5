/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_HOOK_H
#define _IP_VS_HOOK_H

#include "netns.h"

/* The netfilter hooks of a family, there from its first service to its last.
 * Control mutex. 0 or -ENOMEM.
 */
void ip_vs_hooks_init(struct ip_vs_net *ns);
void ip_vs_hooks_exit(struct ip_vs_net *ns);
int ip_vs_hooks_register(struct ip_vs_net *ns, u8 family);
void ip_vs_hooks_unregister(struct ip_vs_net *ns, u8 family);

/* Now and then: does the short way (input.h) fit, or fit no more? Control mutex. */
void ip_vs_hooks_review(struct ip_vs_net *ns);

#endif

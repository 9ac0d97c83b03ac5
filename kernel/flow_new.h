/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_FLOW_NEW_H
#define _IP_VS_FLOW_NEW_H

/* A packet of no known connection, or an error about one: the service, its
 * server, the connection.
 */

#include "step.h"

/* A netfilter verdict; NF_ACCEPT for what is nobody's. Context: as flow.h. */
unsigned int ip_vs_flow_new(struct ip_vs_step *s);

#endif

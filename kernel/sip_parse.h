/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_SIP_PARSE_H
#define _IP_VS_SIP_PARSE_H

/* The Call-ID of a SIP message (RFC 3261). Pure: reads the caller's memory and
 * nothing else.
 */

#include <linux/types.h>

#define IP_VS_SIP_CALL_ID_MAX	255	/* octets, of the sync wire */

/* Octets of the Call-ID that begins *@at octets into @data, which is what a
 * datagram carries. 0: there is none, or it is cut off, malformed or too long.
 */
size_t ip_vs_sip_call_id(const u8 *data, size_t len, size_t *at);

/* Can these octets be one? */
bool ip_vs_sip_call_id_valid(const u8 *id, size_t len);

#endif

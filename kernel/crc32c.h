/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CRC32C_H
#define _IP_VS_CRC32C_H

#include <linux/types.h>

/* The checksum of SCTP (RFC 9260, appendix A) is linear: octets that change
 * change it by the same, whatever the other octets are. So a new port costs a
 * few multiplications, not a walk over the packet, and a packet damaged on its
 * way does not come out with a right checksum.
 */

/* What a change of the first four octets, @delta (old ^ new, read as little
 * endian), does to the checksum (^=) of @length octets. Pure.
 */
u32 ip_vs_crc32c_delta(u32 delta, unsigned int length);

#endif

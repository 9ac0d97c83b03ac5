// SPDX-License-Identifier: GPL-2.0-only
#include "crc32c.h"

#include <linux/bitops.h>

/* Polynomials over GF(2), modulo that of CRC-32C (Castagnoli), in its reflected
 * order: the highest bit is the coefficient of 1.
 */
#define POLYNOMIAL	0x82f63b78u
#define ONE		BIT(31)

static u32 times_x(u32 a)
{
	return a >> 1 ^ (a & 1 ? POLYNOMIAL : 0);
}

static u32 product(u32 a, u32 b)
{
	u32 sum = 0;

	for (; a; a <<= 1) {
		if (a & ONE)
			sum ^= b;
		b = times_x(b);
	}
	return sum;
}

/* Octets in front of @length others weigh x^(8 * @length): square and multiply,
 * from x^8 on.
 */
u32 ip_vs_crc32c_delta(u32 delta, unsigned int length)
{
	u32 power = ONE >> 8;

	for (; length; length >>= 1) {
		if (length & 1)
			delta = product(delta, power);
		power = product(power, power);
	}
	return delta;
}

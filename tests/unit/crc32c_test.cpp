// SPDX-License-Identifier: GPL-2.0-or-later
#include "datagram.h"

#include <gtest/gtest.h>

extern "C" {
#include "kernel/crc32c.h"
}

namespace {

std::uint32_t checksum(const Octets &o)
{
	return __builtin_bswap32(crc32c(o, 0));
}

TEST(Crc32c, TheReferenceIsRight)
{
	Octets digits{'1', '2', '3', '4', '5', '6', '7', '8', '9'};

	EXPECT_EQ(checksum(digits), 0xe3069283u);
}

TEST(Crc32c, NothingChangesNothing)
{
	for (unsigned int length : {0, 4, 1500, 65535})
		EXPECT_EQ(ip_vs_crc32c_delta(0, length), 0u);
}

TEST(Crc32c, AChangeOfTheFirstOctetsAtEveryLength)
{
	std::mt19937 random(2026);

	for (unsigned int length = 4; length < 70000; length += length < 300 ? 1 : 9973) {
		Octets o = noise(random, length);
		std::uint32_t before = checksum(o), delta = random();

		for (int i = 0; i < 4; i++)
			o[i] ^= delta >> 8 * i;
		EXPECT_EQ(before ^ ip_vs_crc32c_delta(delta, length), checksum(o)) << length;
	}
}

} // namespace

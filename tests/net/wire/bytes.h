// SPDX-License-Identifier: GPL-2.0-or-later
// What encoding and decoding share: numbers in network order, checksums, names.
#pragma once

#include "packet.h"

#include <netinet/in.h>

namespace wire {

using View = std::span<const std::uint8_t>;

constexpr std::string_view tcp_flag_letters = "FSRPAUEC";

inline std::uint32_t load(View view, std::size_t at, std::size_t size)
{
	std::uint32_t value = 0;
	for (std::size_t i = 0; i < size; i++)
		value = value << 8 | view[at + i];
	return value;
}

inline void store(std::span<std::uint8_t> bytes, std::size_t at, std::size_t size,
		  std::uint32_t value)
{
	for (std::size_t i = size; i-- > 0; value >>= 8)
		bytes[at + i] = static_cast<std::uint8_t>(value);
}

// One's complement sum, folded, not inverted.
inline std::uint16_t sum_of(View view, std::uint32_t sum = 0)
{
	for (std::size_t i = 0; i < view.size(); i++)
		sum += i % 2 ? view[i] : view[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return static_cast<std::uint16_t>(sum);
}

// Of the pseudo header of TCP and UDP.
inline std::uint16_t pseudo_sum(View ip, std::uint8_t protocol, std::size_t length)
{
	return sum_of(ip.subspan(12, 8), protocol + static_cast<std::uint32_t>(length));
}

inline std::uint8_t pattern_byte(std::size_t index)
{
	return static_cast<std::uint8_t>('a' + index % 26 + (index / 26) % 3);
}

// Where TCP and UDP have their checksum.
inline std::size_t sum_offset(std::uint8_t protocol)
{
	return protocol == IPPROTO_TCP ? 16 : 6;
}

} // namespace wire

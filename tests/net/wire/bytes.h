// SPDX-License-Identifier: GPL-2.0-or-later
// What encoding and decoding share: numbers in network order, checksums, names.
#pragma once

#include "packet.h"

#include <netinet/in.h>

#include <array>

namespace wire {

using View = std::span<const std::uint8_t>;

constexpr std::string_view tcp_flag_letters = "FSRPAUEC";
constexpr std::uint16_t gue_port = 6080;

struct Named {
	std::string_view name;
	std::uint8_t number;
};

constexpr std::array<Named, 10> protocols = { {
	{ "icmp", IPPROTO_ICMP },
	{ "ipip", IPPROTO_IPIP },
	{ "tcp", IPPROTO_TCP },
	{ "udp", IPPROTO_UDP },
	{ "ip6", IPPROTO_IPV6 },
	{ "gre", IPPROTO_GRE },
	{ "esp", IPPROTO_ESP },
	{ "ah", IPPROTO_AH },
	{ "icmp6", IPPROTO_ICMPV6 },
	{ "sctp", IPPROTO_SCTP },
} };

// IPv6 extension headers, of eight bytes each.
constexpr std::array<Named, 3> extensions = { {
	{ "hbh", IPPROTO_HOPOPTS },
	{ "rt", IPPROTO_ROUTING },
	{ "dst", IPPROTO_DSTOPTS },
} };

constexpr std::array<Named, 15> chunks = { {
	{ "data", 0 },
	{ "init", 1 },
	{ "init-ack", 2 },
	{ "sack", 3 },
	{ "heartbeat", 4 },
	{ "heartbeat-ack", 5 },
	{ "abort", 6 },
	{ "shutdown", 7 },
	{ "shutdown-ack", 8 },
	{ "error", 9 },
	{ "cookie-echo", 10 },
	{ "cookie-ack", 11 },
	{ "ecne", 12 },
	{ "cwr", 13 },
	{ "shutdown-complete", 14 },
} };

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

// Of the pseudo header of TCP, UDP and ICMPv6; both addresses, one after the other.
inline std::uint16_t pseudo_sum(View addresses, std::uint8_t protocol, std::size_t length)
{
	return sum_of(addresses, protocol + static_cast<std::uint32_t>(length));
}

// As SCTP has it, in the order of its bytes in the header.
inline std::uint32_t crc32c(View view)
{
	std::uint32_t crc = ~0u;
	for (const auto byte : view) {
		crc ^= byte;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
	}
	return __builtin_bswap32(~crc);
}

inline std::uint8_t pattern_byte(std::size_t index)
{
	return static_cast<std::uint8_t>('a' + index % 26 + (index / 26) % 3);
}

// Where a transport header has its checksum; 0: it has none of 16 bits.
inline std::size_t sum_offset(std::uint8_t protocol)
{
	switch (protocol) {
	case IPPROTO_TCP:
		return 16;
	case IPPROTO_UDP:
		return 6;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return 2;
	}
	return 0;
}

// Of the ICMP messages, those that quote a packet.
inline bool quotes(std::uint8_t protocol, std::uint8_t type)
{
	return protocol == IPPROTO_ICMPV6 ? type < 128 :
					    type == 3 || type == 4 || type == 5 || type == 11 ||
						    type == 12;
}

} // namespace wire

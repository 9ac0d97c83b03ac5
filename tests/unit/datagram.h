// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
// IPv4 packets made and judged octet by octet, without the kernel's words.

#include <cstdint>
#include <random>
#include <vector>

using Octets = std::vector<std::uint8_t>;

struct Endpoint {
	std::uint32_t address;	// host order
	std::uint16_t port;

	bool operator==(const Endpoint &) const = default;
};

inline void put16(Octets &o, std::size_t at, unsigned int value)
{
	o.at(at) = value >> 8;
	o.at(at + 1) = value;
}

inline unsigned int get16(const Octets &o, std::size_t at)
{
	return o.at(at) << 8 | o.at(at + 1);
}

inline void put32(Octets &o, std::size_t at, std::uint32_t value)
{
	put16(o, at, value >> 16);
	put16(o, at + 2, value & 0xffff);
}

inline std::uint32_t get32(const Octets &o, std::size_t at)
{
	return get16(o, at) << 16 | get16(o, at + 2);
}

// Sum of 16-bit words in ones' complement, RFC 1071.
inline unsigned int ones_sum(const Octets &o, std::size_t from, std::size_t to, unsigned int sum = 0)
{
	for (std::size_t i = from; i < to; i += 2) {
		sum += o[i] << 8 | (i + 1 < to ? o[i + 1] : 0);
		sum = (sum & 0xffff) + (sum >> 16);
	}
	return sum;
}

constexpr int TCP = 6, UDP = 17, ICMP = 1, SCTP = 132;

inline std::size_t transport_of(const Octets &o, std::size_t ip = 0)
{
	return ip + (o.at(ip) & 15) * 4;
}

inline std::size_t check_of(const Octets &o, std::size_t ip = 0)
{
	return transport_of(o, ip) + (o.at(ip + 9) == TCP ? 16 : 6);
}

inline unsigned int pseudo_sum(const Octets &o)
{
	unsigned int length = o.size() - transport_of(o);

	return ones_sum(o, 12, 20, (o[9] + length) % 0xffff);
}

// 0xffff: right.
inline unsigned int ip_sum(const Octets &o, std::size_t ip = 0)
{
	return ones_sum(o, ip, transport_of(o, ip));
}

inline unsigned int transport_sum(const Octets &o)
{
	return ones_sum(o, transport_of(o), o.size(), pseudo_sum(o));
}

inline Octets ip_packet(int protocol, std::uint32_t from, std::uint32_t to, const Octets &payload,
			std::size_t options = 0)
{
	Octets o(20 + options);

	o[0] = 0x40 | (5 + options / 4);
	put16(o, 2, o.size() + payload.size());
	o[8] = 64;
	o[9] = protocol;
	put32(o, 12, from);
	put32(o, 16, to);
	put16(o, 10, ~ip_sum(o) & 0xffff);
	o.insert(o.end(), payload.begin(), payload.end());
	return o;
}

// TCP or UDP, its checksum right.
inline Octets datagram(int protocol, Endpoint from, Endpoint to, const Octets &payload,
		       std::size_t options = 0)
{
	Octets header(protocol == TCP ? 20 : 8);

	put16(header, 0, from.port);
	put16(header, 2, to.port);
	if (protocol == TCP)
		header[12] = 5 << 4;
	else
		put16(header, 4, header.size() + payload.size());
	header.insert(header.end(), payload.begin(), payload.end());
	Octets o = ip_packet(protocol, from.address, to.address, header, options);
	put16(o, check_of(o), ~transport_sum(o) & 0xffff);
	return o;
}

// CRC-32C bit by bit, RFC 9260, appendix A.
inline std::uint32_t crc32c(const Octets &o, std::size_t from)
{
	std::uint32_t crc = ~0u;

	for (std::size_t i = from; i < o.size(); i++) {
		crc ^= o[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
	}
	return __builtin_bswap32(~crc);
}

inline std::uint32_t sctp_crc(Octets o)
{
	put32(o, transport_of(o) + 8, 0);
	return crc32c(o, transport_of(o));
}

// SCTP, its checksum right.
inline Octets sctp_packet(Endpoint from, Endpoint to, const Octets &chunks, std::size_t options = 0)
{
	Octets header(12);

	put16(header, 0, from.port);
	put16(header, 2, to.port);
	header.insert(header.end(), chunks.begin(), chunks.end());
	Octets o = ip_packet(SCTP, from.address, to.address, header, options);
	put32(o, transport_of(o) + 8, sctp_crc(o));
	return o;
}

// An ICMP error about @about, of which it carries @octets.
inline Octets icmp_error(int type, std::uint32_t from, std::uint32_t to, const Octets &about,
			 std::size_t octets)
{
	Octets icmp(8);

	icmp[0] = type;
	icmp.insert(icmp.end(), about.begin(), about.begin() + octets);
	put16(icmp, 2, ~ones_sum(icmp, 0, icmp.size()) & 0xffff);
	return ip_packet(ICMP, from, to, icmp);
}

inline Endpoint source(const Octets &o, std::size_t ip = 0)
{
	return {get32(o, ip + 12), static_cast<std::uint16_t>(get16(o, transport_of(o, ip)))};
}

inline Endpoint destination(const Octets &o, std::size_t ip = 0)
{
	return {get32(o, ip + 16), static_cast<std::uint16_t>(get16(o, transport_of(o, ip) + 2))};
}

inline Octets noise(std::mt19937 &random, std::size_t octets)
{
	Octets o(octets);

	for (std::uint8_t &octet : o)
		octet = random();
	return o;
}

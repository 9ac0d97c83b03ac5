// SPDX-License-Identifier: GPL-2.0-or-later
// What the packets of a measurement look like.
#pragma once

#include <cstdint>
#include <string>

namespace bench {

inline const std::string virtual_address = "10.0.1.100";
inline const std::string real_server = "10.0.2.11";
inline const std::string client = "10.128.0.1";
inline const std::string director = "10.0.1.1";
inline const std::string virtual_address6 = "fd00:1::100";
inline const std::string real_server6 = "fd00:2::11";
inline const std::string client6 = "fd80::1";
inline constexpr unsigned local_port = 4000;
inline constexpr unsigned first_port = 1024;
inline constexpr unsigned service_port = 80;

// pktgen sends UDP without checksums, by IPv6 with one that a device is to make; the
// rest is written to a tap device. A fragmented datagram is two frames. pktgen keeps
// hold of its packets, so that each is cloned and copied where one is written to; from
// a device they come to the kernel alone.
enum class Kind { udp, udp_from_device, udp_fragments, tcp_syn, tcp_syn_ack, tcp_ack };

// Packet number i has source + i % sources (IPv4), source_port + i % source_ports and
// destination_port + i % destination_ports.
struct Stream {
	Kind kind = Kind::udp;
	std::string source = client;
	unsigned sources = 1;
	unsigned source_port = first_port;
	unsigned source_ports = 1;
	std::string destination = virtual_address;
	unsigned destination_port = service_port;
	unsigned destination_ports = 1;

	bool operator==(const Stream &) const = default;
};

// `flows` clients (ports of one client) talking to the service.
[[nodiscard]] inline Stream requests(Kind kind, unsigned flows)
{
	return {.kind = kind, .source_ports = flows};
}

[[nodiscard]] inline Stream requests6(unsigned flows)
{
	return {.source = client6, .source_ports = flows, .destination = virtual_address6};
}

// What the real server answers them.
[[nodiscard]] inline Stream answers(Kind kind, unsigned flows)
{
	return {.kind = kind, .source = real_server, .source_port = service_port,
		.destination = client, .destination_port = first_port, .destination_ports = flows};
}

// Each packet from an address of its own, none of which is `client`.
[[nodiscard]] inline Stream strangers(Kind kind, unsigned count)
{
	return {.kind = kind, .source = "10.129.0.0", .sources = count};
}

[[nodiscard]] inline bool is_six(const std::string &address)
{
	return address.find(':') != std::string::npos;
}

enum class To { director, another_host };

// Nanoseconds, that is instructions, that receiving so many packets took.
std::uint64_t send(const Stream &stream, unsigned count, To to);

} // namespace bench

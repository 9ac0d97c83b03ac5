// SPDX-License-Identifier: GPL-2.0-or-later
// What the packets of a measurement look like.
#pragma once

#include <cstdint>
#include <string>

namespace bench {

struct Hosts {
	std::string virtual_address, real_server, client;
};

inline const Hosts four{"10.0.1.100", "10.0.2.11", "10.128.0.1"};
inline const Hosts six{"fd00:1::100", "fd00:2::11", "fd80::1"};
inline const std::string director = "10.0.1.1";
inline constexpr unsigned local_port = 4000;
inline constexpr unsigned first_port = 1024;
inline constexpr unsigned service_port = 80;

// pktgen sends UDP without checksums, by IPv6 with one that a device is to make; the
// rest is written to a tap device. A fragmented datagram is two frames. pktgen keeps
// hold of its packets, so that each is cloned and copied where one is written to; from
// a device they come to the kernel alone.
enum class Kind { udp, udp_from_device, udp_fragments, tcp_syn, tcp_syn_ack, tcp_ack };

// Packet number i has source + i % sources (but pktgen's by IPv6), source_port +
// i % source_ports and destination_port + i % destination_ports.
struct Stream {
	Kind kind = Kind::udp;
	std::string source = four.client;
	unsigned sources = 1;
	unsigned source_port = first_port;
	unsigned source_ports = 1;
	std::string destination = four.virtual_address;
	unsigned destination_port = service_port;
	unsigned destination_ports = 1;

	bool operator==(const Stream &) const = default;
};

[[nodiscard]] inline bool is_six(const std::string &address)
{
	return address.find(':') != std::string::npos;
}

// `flows` clients (ports of one client) talking to the service.
[[nodiscard]] inline Stream requests(Kind kind, unsigned flows, const Hosts &hosts = four)
{
	return {.kind = kind, .source = hosts.client, .source_ports = flows,
		.destination = hosts.virtual_address};
}

// What the real server answers them.
[[nodiscard]] inline Stream answers(Kind kind, unsigned flows, const Hosts &hosts = four)
{
	return {.kind = kind, .source = hosts.real_server, .source_port = service_port,
		.destination = hosts.client, .destination_port = first_port,
		.destination_ports = flows};
}

// Each packet from an address of its own, none of which is the client.
[[nodiscard]] inline Stream strangers(Kind kind, unsigned count)
{
	return {.kind = kind, .source = "10.129.0.0", .sources = count};
}

// Each from a port that `requests` has not had, as far as it has few.
[[nodiscard]] inline Stream fresh_ports(Kind kind, unsigned count, const Hosts &hosts)
{
	Stream stream = requests(kind, count, hosts);

	stream.source_port = 20'000;
	return stream;
}

enum class To { director, another_host };

// Nanoseconds, that is instructions, that receiving so many packets took.
std::uint64_t send(const Stream &stream, unsigned count, To to);

} // namespace bench

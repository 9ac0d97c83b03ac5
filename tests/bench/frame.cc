// SPDX-License-Identifier: GPL-2.0-or-later
#include "frame.h"

#include <algorithm>
#include <arpa/inet.h>
#include <stdexcept>

namespace bench {

namespace {

constexpr unsigned least_size = 60; // of a frame, by Ethernet
constexpr unsigned part = 24;	    // octets of UDP in the first fragment
constexpr unsigned udp_size = 26, udp_whole = part + udp_size, tcp_size = 26;
constexpr unsigned tcp = 6, udp = 17, fragment_header = 44;

// Where a fragment belongs; all of an unfragmented packet is first and last.
struct Place {
	unsigned at = 0;
	bool more = false;
	[[nodiscard]] bool whole() const { return at == 0 && !more; }
};

void add(Frame &to, const Frame &what)
{
	to.insert(to.end(), what.begin(), what.end());
}

void put16(Frame &frame, std::size_t at, unsigned value)
{
	frame[at] = std::uint8_t(value >> 8);
	frame[at + 1] = std::uint8_t(value);
}

// In network order, raised by so many.
Frame octets(const std::string &address, unsigned more)
{
	Frame result(is_six(address) ? 16 : 4);

	if (inet_pton(is_six(address) ? AF_INET6 : AF_INET, address.c_str(), result.data()) != 1)
		throw std::runtime_error("not an address: " + address);
	for (std::size_t at = result.size(); more && at-- > 0; more >>= 8) {
		more += result[at];
		result[at] = std::uint8_t(more);
	}
	return result;
}

unsigned checksum(const Frame &octets, unsigned sum)
{
	for (std::size_t at = 0; at + 1 < octets.size(); at += 2)
		sum += unsigned(octets[at]) << 8 | octets[at + 1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

struct Addresses {
	Frame source, destination;

	Addresses(const Stream &s, unsigned i)
	    : source(octets(s.source, i % s.sources)), destination(octets(s.destination, 0))
	{
	}
	[[nodiscard]] bool six() const { return source.size() == 16; }
	[[nodiscard]] Frame both() const
	{
		Frame result = source;

		add(result, destination);
		return result;
	}
};

std::uint8_t flags(Kind kind)
{
	switch (kind) {
	case Kind::tcp_syn: return 0x02;
	case Kind::tcp_syn_ack: return 0x12;
	default: return 0x10;
	}
}

// Six bytes of payload fill a frame of IPv4 to 60.
Frame segment(Kind kind)
{
	Frame result(tcp_size);

	result[7] = 1;
	result[11] = kind != Kind::tcp_syn;
	result[12] = 5 << 4;
	result[13] = flags(kind);
	put16(result, 14, 0xffff);
	return result;
}

Frame datagram(Kind kind)
{
	Frame result(kind == Kind::udp_fragments ? udp_whole : udp_size);

	put16(result, 4, unsigned(result.size()));
	return result;
}

bool is_udp(Kind kind)
{
	return kind == Kind::udp_from_device || kind == Kind::udp_fragments;
}

// UDP by IPv4 goes without a checksum, as pktgen's.
Frame transport(const Stream &s, unsigned i, const Addresses &addresses)
{
	const unsigned protocol = is_udp(s.kind) ? udp : tcp;
	Frame result = is_udp(s.kind) ? datagram(s.kind) : segment(s.kind);

	put16(result, 0, s.source_port + i % s.source_ports);
	put16(result, 2, s.destination_port + i % s.destination_ports);
	if (is_udp(s.kind) && !addresses.six())
		return result;
	Frame summed = addresses.both();
	add(summed, result);
	put16(result, is_udp(s.kind) ? 6 : 16,
	      checksum(summed, protocol + unsigned(result.size())));
	return result;
}

Frame header4(const Addresses &addresses, unsigned protocol, Place place, unsigned id)
{
	Frame result(12);

	result[0] = 0x45;
	put16(result, 4, place.whole() ? 0 : id);
	put16(result, 6, place.at / 8 | (place.more ? 0x2000 : 0));
	result[8] = 64;
	result[9] = std::uint8_t(protocol);
	add(result, addresses.both());
	return result;
}

Frame header6(const Addresses &addresses, unsigned protocol, Place place, unsigned id)
{
	Frame result(8), fragment(8);

	result[0] = 0x60;
	result[6] = std::uint8_t(place.whole() ? protocol : fragment_header);
	result[7] = 64;
	add(result, addresses.both());
	if (place.whole())
		return result;
	fragment[0] = std::uint8_t(protocol);
	put16(fragment, 2, place.at | (place.more ? 1 : 0));
	put16(fragment, 6, id);
	add(result, fragment);
	return result;
}

// The lengths are known at last, and the checksum.
void finish(Frame &header, std::size_t payload)
{
	const bool six = header[0] == 0x60;

	put16(header, six ? 4 : 2, unsigned(payload + header.size() - (six ? 40 : 0)));
	if (!six)
		put16(header, 10, checksum(header, 0));
}

Frame ethernet(bool six, To to)
{
	return {0x02, 0, 0, 0, 0, std::uint8_t(to == To::director ? 0x01 : 0x99),
		0x02, 0, 0, 0, 0, 0x77, std::uint8_t(six ? 0x86 : 0x08), std::uint8_t(six ? 0xdd : 0)};
}

} // namespace

std::vector<Frame> frames(const Stream &stream, unsigned i, To to)
{
	const Addresses addresses(stream, i);
	const Frame payload = transport(stream, i, addresses);
	const unsigned protocol = is_udp(stream.kind) ? udp : tcp;
	const auto frame = [&](Place place, std::size_t end) {
		const Frame piece(payload.begin() + place.at, payload.begin() + long(end));
		Frame result = ethernet(addresses.six(), to),
		      header = addresses.six() ? header6(addresses, protocol, place, i)
					       : header4(addresses, protocol, place, i);

		finish(header, piece.size());
		add(result, header);
		add(result, piece);
		result.resize(std::max<std::size_t>(result.size(), least_size));
		return result;
	};

	if (stream.kind == Kind::udp_fragments)
		return {frame({0, true}, part), frame({part, false}, payload.size())};
	return {frame({}, payload.size())};
}

} // namespace bench

// SPDX-License-Identifier: GPL-2.0-or-later
#include "canon.h"

#include "tests/net/wire/bytes.h"
#include "tests/net/wire/fields.h"

#include <algorithm>

namespace diff {

using wire::text_of;

namespace {

constexpr std::size_t ip4_id = 4, ip4_sum = 10, fragment6 = 40, fragment6_id = 4;

// The director draws the numbers of packets that begin with it. The virtual address
// stands in others' as well, those of servers; a kernel's errors have a precedence.
bool director_begins(const wire::Layer &layer)
{
	const auto source = text_of(layer, "src");
	const bool icmp = text_of(layer, "proto") == "icmp";

	if (source == "10.0.1.1" || source == "10.0.2.1" ||
	    (icmp && wire::number_of(layer, "tos", 0) >= 192))
		return true;
	return source == "10.0.1.100" && (icmp ? text_of(layer, "type") == "0" :
						 text_of(layer, "flags").find('R') != std::string::npos);
}

void blank(wire::Bytes &bytes, std::size_t at, std::size_t size)
{
	if (at + size <= bytes.size())
		std::fill_n(bytes.begin() + static_cast<long>(at), size, 0);
}

std::uint32_t digest(const wire::Bytes &bytes)
{
	std::uint32_t hash = 2166136261u; // FNV-1a

	for (const auto byte : bytes)
		hash = (hash ^ byte) * 16777619u;
	return hash;
}

// A checksum that is left to a device, as that makes it.
wire::Frame summed(wire::Frame frame)
{
	const auto from = frame.offload.csum_start;
	const std::size_t at = from + frame.offload.csum_offset;

	if (!from || frame.offload.segment || at + 2 > frame.bytes.size())
		return frame;
	const auto sum = 0xffff & ~wire::sum_of(wire::View(frame.bytes).subspan(from));
	wire::store(frame.bytes, at, 2, sum ? sum : 0xffff);
	frame.offload = {};
	return frame;
}

// Where that of IPv6 stands, behind other extension headers; else at the end.
std::size_t fragment_header(const wire::Bytes &bytes)
{
	std::size_t next = 6, at = fragment6;

	while (at + 8 <= bytes.size() && bytes[next] != IPPROTO_FRAGMENT) {
		if (bytes[next] != IPPROTO_HOPOPTS && bytes[next] != IPPROTO_ROUTING &&
		    bytes[next] != IPPROTO_DSTOPTS)
			return bytes.size();
		next = at;
		at += (bytes[at + 1] + 1u) * 8;
	}
	return at;
}

// Of what has no other extension header.
std::size_t header_of(const wire::Bytes &bytes)
{
	return bytes[0] >> 4 != 6	    ? (bytes[0] & 15u) * 4u :
	       bytes[6] == IPPROTO_FRAGMENT ? fragment6 + 8 :
					      fragment6;
}

// The source port of GUE is a hash with a secret.
void blank_gue(wire::Layer &layer, wire::Bytes &bytes)
{
	const auto header = header_of(bytes);

	layer["sport"] = "*";
	layer.erase("check");
	blank(bytes, header, 2);
	blank(bytes, header + wire::sum_offset(IPPROTO_UDP), 2);
}

// Each segment gets a sum of its own, and zeros behind it, whatever stands there before.
void blank_gre_sum(wire::Layer &layer, wire::Bytes &bytes)
{
	layer.erase("check");
	if (layer.erase("grecsum"))
		blank(bytes, header_of(bytes) + 4, 4);
}

// What a client on the director itself asks by IPv4, perhaps in a tunnel, also has a
// number that is drawn, and GRE a sum over it.
void blank_question(wire::Packet &packet, wire::Bytes &bytes)
{
	constexpr std::size_t question = 20 + 8 + 9;
	auto &inner = packet.back();

	if (text_of(inner, "data") != "question." || !inner.contains("ipsum"))
		return;
	inner.erase("id");
	if (packet.size() > 1)
		packet[0].erase("data"); // of GUE: the packet inside, again
	blank(bytes, bytes.size() - question + ip4_id, 2);
	blank(bytes, bytes.size() - question + ip4_sum, 2);
	if (text_of(packet[0], "proto") != "gre")
		return;
	packet[0].erase("check");
	blank(bytes, 20 + 4, 2);
}

} // namespace

std::string Canon::number(const std::string &id)
{
	const auto next = static_cast<int>(numbers_.size()) + 1;
	return "#" + std::to_string(numbers_.try_emplace(id, next).first->second);
}

std::string Canon::text_of(const wire::Frame &raw)
{
	const auto frame = summed(raw);
	auto packet = wire::decode(frame);
	auto bytes = frame.bytes;

	if (packet.empty())
		return "ether=" + std::to_string(frame.ether) +
		       " size=" + std::to_string(bytes.size()) +
		       " rest=" + std::to_string(digest(bytes));
	auto &layer = packet[0];
	layer.erase("valid"); // who has summed it already is not on the wire
	if (layer.contains("gue"))
		blank_gue(layer, bytes);
	if (frame.offload.segment)
		blank_gre_sum(layer, bytes);
	blank_question(packet, bytes);
	if (frame.ether == 0x0800 && director_begins(layer)) {
		layer.erase("id");
		blank(bytes, ip4_id, 2);
		blank(bytes, ip4_sum, 2);
	}
	if (frame.ether == 0x86dd && layer.contains("id")) {
		layer["id"] = number(layer["id"]);
		blank(bytes, fragment_header(bytes) + fragment6_id, 4);
	}
	return wire::to_text(packet) + " rest=" + std::to_string(digest(bytes));
}

} // namespace diff

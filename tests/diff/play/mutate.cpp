// SPDX-License-Identifier: GPL-2.0-or-later
#include "mutate.h"

#include "tests/net/wire/bytes.h"
#include "tests/net/wire/fields.h"

#include <algorithm>

namespace diff {

using wire::Bytes;
using wire::load;
using wire::store;

namespace {

constexpr std::size_t longest = 1500;
constexpr std::size_t ip4_header = 20, ip6_header = 40;

bool is_six(const Bytes &bytes)
{
	return !bytes.empty() && bytes[0] >> 4 == 6;
}

std::size_t header_of(const Bytes &bytes)
{
	if (is_six(bytes))
		return ip6_header;
	return bytes.empty() ? 0 : (bytes[0] & 15u) * 4u;
}

bool has_headers(const Bytes &bytes)
{
	return header_of(bytes) >= (is_six(bytes) ? ip6_header : ip4_header) &&
	       header_of(bytes) <= bytes.size();
}

bool is_fragment(const Bytes &bytes)
{
	return !is_six(bytes) && load(bytes, 6, 2) & 0x3fff;
}

void mend_transport(Bytes &bytes, std::uint8_t protocol)
{
	const auto header = header_of(bytes), at = header + wire::sum_offset(protocol);
	const auto addresses = is_six(bytes) ? wire::View(bytes).subspan(8, 32) :
					       wire::View(bytes).subspan(12, 8);

	if (at == header || at + 2 > bytes.size())
		return;
	store(bytes, at, 2, 0);
	const auto body = wire::View(bytes).subspan(header);
	const auto pseudo = protocol == IPPROTO_ICMP ?
				    std::uint16_t(0) :
				    wire::pseudo_sum(addresses, protocol, body.size());
	const auto sum = 0xffff & ~wire::sum_of(body, pseudo);
	store(bytes, at, 2, sum == 0 && protocol == IPPROTO_UDP ? 0xffff : sum);
}

} // namespace

bool fares_differently(const wire::Frame &frame)
{
	const auto packet = wire::decode(frame);
	const auto has = [&](std::size_t layer, const char *key, const char *value) {
		return layer < packet.size() && wire::text_of(packet[layer], key) == value;
	};

	if (packet.empty())
		return false;
	const bool fragment = !has(0, "off", "0") || !has(0, "mf", "0");
	const bool cut = (has(0, "proto", "tcp") && !packet[0].contains("flags")) ||
			 (has(0, "proto", "udp") && !packet[0].contains("udplen")) ||
			 (has(0, "proto", "sctp") && !packet[0].contains("vtag"));
	const bool cut_icmp = (has(0, "proto", "icmp") || has(0, "proto", "icmp6")) &&
			      !packet[0].contains("type");
	const bool even = is_six(frame.bytes) && wire::number_of(packet[0], "plen", 0) % 8 == 0;
	const bool to_service = has(0, "dst", "10.0.1.100") || has(0, "dst", "fd00:1::100");
	return (has(0, "proto", "udp") && has(0, "sum", "zero")) ||
	       (has(0, "proto", "sctp") && has(0, "sum", "bad")) ||
	       (has(0, "proto", "icmp") && has(1, "ipsum", "bad")) ||
	       (fragment ? !to_service || !even : cut) || (cut_icmp && !to_service) ||
	       (is_six(frame.bytes) && has(0, "proto", "ah"));
}

void mend_lengths(Bytes &bytes)
{
	if (!has_headers(bytes))
		return;
	if (is_six(bytes))
		store(bytes, 4, 2, bytes.size() - ip6_header);
	else
		store(bytes, 2, 2, bytes.size());
}

void mend_sums(Bytes &bytes)
{
	if (!has_headers(bytes))
		return;
	if (!is_fragment(bytes))
		mend_transport(bytes, bytes[is_six(bytes) ? 6 : 9]);
	if (is_six(bytes))
		return;
	store(bytes, 10, 2, 0);
	store(bytes, 10, 2, 0xffff & ~wire::sum_of(wire::View(bytes).first(header_of(bytes))));
}

// Most of what matters is at the beginning.
void Mutator::change_byte(Bytes &bytes)
{
	constexpr std::array<std::uint8_t, 6> values{ 0, 1, 0x7f, 0x80, 0xfe, 0xff };
	const auto reach = std::min<std::size_t>(bytes.size(), below(3) ? 60 : 1500);
	auto &byte = bytes[below(reach)];

	switch (below(3)) {
	case 0:
		byte ^= static_cast<std::uint8_t>(1 << below(8));
		return;
	case 1:
		byte = values[below(values.size())];
		return;
	default:
		byte = static_cast<std::uint8_t>(below(256));
	}
}

void Mutator::change_length(Bytes &bytes)
{
	if (below(2))
		bytes.resize(1 + below(bytes.size()));
	else
		bytes.resize(std::min(longest, bytes.size() + 1 + below(64)));
	if (below(2))
		mend_lengths(bytes);
}

void Mutator::change(Bytes &bytes, const Bytes &other)
{
	const auto kind = below(8);

	if (kind < 6)
		return change_byte(bytes);
	if (kind == 6)
		return change_length(bytes);
	const auto from = below(std::min(bytes.size(), other.size()));
	const auto size = std::min({ bytes.size() - from, other.size() - from, 1 + below(8) });
	std::copy_n(other.begin() + static_cast<long>(from), size,
		    bytes.begin() + static_cast<long>(from));
}

wire::Frame Mutator::mutate(wire::Frame frame, const wire::Frame &other)
{
	frame.offload = {};
	for (auto times = 1 + below(3); times > 0; times--)
		change(frame.bytes, other.bytes);
	if (below(4))
		mend_sums(frame.bytes);
	return frame;
}

} // namespace diff

// SPDX-License-Identifier: GPL-2.0-or-later
#include "whole.h"

#include "tests/net/wire/bytes.h"

#include <algorithm>

namespace diff {

using wire::Bytes;
using wire::load;
using wire::store;

namespace {

constexpr std::size_t length_at = 2, id_at = 4, fragment_at = 6, protocol_at = 9, sum_at = 10;
constexpr std::uint32_t offset_bits = 0x1fff, more_bit = 0x2000;

// 0: there is no whole header.
std::size_t head_of(const Bytes &ip)
{
	const std::size_t head = ip.size() < 20 ? 0 : (ip[0] & 15u) * 4u;

	return head <= ip.size() ? head : 0;
}

Bytes key_of(const Bytes &ip)
{
	Bytes key(ip.begin() + 12, ip.begin() + 20);

	key.insert(key.end(), { ip[id_at], ip[id_at + 1], ip[protocol_at] });
	return key;
}

wire::Frame joined(Bytes header, const Bytes &body)
{
	store(header, fragment_at, 2, load(header, fragment_at, 2) & ~(offset_bits | more_bit));
	store(header, length_at, 2, header.size() + body.size());
	store(header, sum_at, 2, 0);
	store(header, sum_at, 2, 0xffff & ~wire::sum_of(header));
	header.insert(header.end(), body.begin(), body.end());
	return { .bytes = std::move(header), .offload = {} };
}

} // namespace

bool is_piece(const wire::Frame &frame)
{
	return frame.ether == 0x0800 && head_of(frame.bytes) >= 20 &&
	       load(frame.bytes, fragment_at, 2) & (offset_bits | more_bit);
}

std::optional<wire::Frame> Wholes::add(const wire::Frame &frame)
{
	const auto &ip = frame.bytes;
	const auto field = load(ip, fragment_at, 2);
	const std::size_t head = head_of(ip), from = (field & offset_bits) * 8,
			  end = from + ip.size() - head;
	auto &one = pieces_[key_of(ip)];

	one.body.resize(std::max(one.body.size(), end));
	std::copy(ip.begin() + static_cast<long>(head), ip.end(),
		  one.body.begin() + static_cast<long>(from));
	one.seen += end - from;
	if (from == 0)
		one.header.assign(ip.begin(), ip.begin() + static_cast<long>(head));
	if (!(field & more_bit))
		one.size = end;
	if (one.seen < one.size || one.size == 0 || one.header.empty())
		return {};
	auto whole = joined(one.header, one.body);
	pieces_.erase(key_of(ip));
	return whole;
}

} // namespace diff

// SPDX-License-Identifier: GPL-2.0-or-later
#include "fields.h"

#include <algorithm>
#include <charconv>

namespace wire {

namespace {

Bytes tcp_header(const Layer &layer)
{
	const bool with_mss = layer.contains("mss");
	Bytes bytes(with_mss ? 24 : 20);
	const std::size_t size = bytes.size() + text_of(layer, "tcpopt").size() / 2;
	std::uint8_t flags = 0;

	for (const char letter : text_of(layer, "flags")) {
		const auto bit = tcp_flag_letters.find(letter);
		if (bit == tcp_flag_letters.npos)
			throw Error(std::string("no TCP flag: ") + letter);
		flags |= static_cast<std::uint8_t>(1 << bit);
	}
	store(bytes, 4, 4, number_of(layer, "seq", 1));
	store(bytes, 8, 4, number_of(layer, "ack", 0));
	bytes[12] = static_cast<std::uint8_t>(number_of(layer, "doff", size / 4) << 4);
	bytes[13] = flags;
	store(bytes, 14, 2, number_of(layer, "win", 8192));
	if (with_mss)
		store(bytes, 20, 4, 0x02040000 | number_of(layer, "mss", 0));
	const auto options = from_hex(text_of(layer, "tcpopt"));
	bytes.insert(bytes.end(), options.begin(), options.end());
	return bytes;
}

Bytes udp_header(const Layer &layer, std::size_t body, std::uint8_t inner)
{
	const std::size_t gue = layer.contains("gue") ? 4 : 0;
	Bytes bytes(8 + gue);

	store(bytes, 4, 2, number_of(layer, "udplen", bytes.size() + body));
	if (gue)
		bytes[9] = inner;
	return bytes;
}

// Type 3 has the next hop's MTU in the second half, an echo its id and number.
Bytes icmp_header(const Layer &layer)
{
	Bytes bytes(8);

	bytes[0] = static_cast<std::uint8_t>(number_of(layer, "type", 8));
	bytes[1] = static_cast<std::uint8_t>(number_of(layer, "code", 0));
	store(bytes, 4, 2, number_of(layer, "eid", 0));
	store(bytes, 6, 2, number_of(layer, "mtu", number_of(layer, "eseq", 0)));
	return bytes;
}

std::uint8_t chunk_of(std::string_view name)
{
	const auto found = std::ranges::find(chunks, name, &Named::name);
	std::uint8_t number = 0;

	if (found != chunks.end())
		return found->number;
	if (std::from_chars(name.data(), name.data() + name.size(), number).ec != std::errc())
		throw Error("no chunk: " + std::string(name));
	return number;
}

// Each chunk has eight bytes, INIT and INIT ACK those they need; what the layer
// carries is the last one's.
Bytes sctp_header(const Layer &layer, std::size_t body)
{
	Bytes bytes(12);
	const auto names = text_of(layer, "chunk");
	std::string_view rest = names;

	store(bytes, 4, 4, number_of(layer, "vtag", 0x5ca1ab1e));
	while (!rest.empty()) {
		const auto plus = std::min(rest.find('+'), rest.size());
		const auto type = chunk_of(rest.substr(0, plus));
		const std::size_t size = type == 1 || type == 2 ? 20 : type == 0 ? 16 : 8;
		const auto at = bytes.size();
		rest.remove_prefix(std::min(plus + 1, rest.size()));
		bytes.resize(at + size);
		bytes[at] = type;
		bytes[at + 1] = type == 0 ? 3 : 0;
		store(bytes, at + 2, 2, size + (rest.empty() ? body : 0));
	}
	return bytes;
}

Bytes gre_header(const Layer &layer, const Bytes &inside, std::uint8_t inner)
{
	const bool with_sum = layer.contains("grecsum");
	Bytes bytes(with_sum ? 8 : 4);

	bytes[0] = with_sum ? 0x80 : 0;
	store(bytes, 2, 2, number_of(layer, "next", inner == IPPROTO_IPV6 ? 0x86dd : 0x0800));
	if (with_sum)
		store(bytes, 4, 2, 0xffff & ~sum_of(inside, sum_of(bytes)));
	return bytes;
}

Bytes esp_header(const Layer &layer)
{
	Bytes bytes(8);

	store(bytes, 0, 4, number_of(layer, "spi", 0x1001));
	store(bytes, 4, 4, number_of(layer, "seq", 1));
	return bytes;
}

Bytes ah_header(const Layer &layer)
{
	Bytes bytes(24);

	bytes[0] = static_cast<std::uint8_t>(number_of(layer, "next", IPPROTO_UDP));
	bytes[1] = 4;
	store(bytes, 4, 4, number_of(layer, "spi", 0x1001));
	store(bytes, 8, 4, number_of(layer, "seq", 1));
	return bytes;
}

Bytes header_of(const Layer &layer, const Bytes &inside, std::uint8_t inner)
{
	switch (protocol_of(layer)) {
	case IPPROTO_TCP:
		return tcp_header(layer);
	case IPPROTO_UDP:
		return udp_header(layer, inside.size(), inner);
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return icmp_header(layer);
	case IPPROTO_SCTP:
		return sctp_header(layer, inside.size());
	case IPPROTO_GRE:
		return gre_header(layer, inside, inner);
	case IPPROTO_ESP:
		return esp_header(layer);
	case IPPROTO_AH:
		return ah_header(layer);
	}
	return {};
}

} // namespace

std::string text_of(const Layer &layer, std::string_view key)
{
	const auto found = layer.find(key);
	return found == layer.end() ? "" : found->second;
}

std::uint32_t number_of(const Layer &layer, std::string_view key, std::uint32_t otherwise)
{
	const auto text = text_of(layer, key);
	if (text.empty())
		return otherwise;
	try {
		return static_cast<std::uint32_t>(std::stoull(text, nullptr, 0));
	} catch (const std::exception &) {
		throw Error("not a number: " + std::string(key) + "=" + text);
	}
}

std::uint8_t protocol_of(const Layer &layer)
{
	const auto name = text_of(layer, "proto");
	const auto found = std::ranges::find(protocols, name, &Named::name);

	if (found != protocols.end())
		return found->number;
	return static_cast<std::uint8_t>(number_of(layer, "proto", 0));
}

Bytes from_hex(const std::string &text)
{
	Bytes bytes;

	for (std::size_t i = 0; i + 1 < text.size(); i += 2)
		bytes.push_back(static_cast<std::uint8_t>(
			std::stoul(text.substr(i, 2), nullptr, 16)));
	return bytes;
}

Bytes transport_of(const Layer &layer, const Bytes &inside, std::uint8_t inner)
{
	auto bytes = header_of(layer, inside, inner);

	if (layer.contains("sport") && bytes.size() >= 8) {
		store(bytes, 0, 2, number_of(layer, "sport", 0));
		store(bytes, 2, 2, number_of(layer, "dport", 0));
	}
	bytes.insert(bytes.end(), inside.begin(), inside.end());
	return bytes;
}

} // namespace wire

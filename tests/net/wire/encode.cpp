// SPDX-License-Identifier: GPL-2.0-or-later
#include "fields.h"

#include <arpa/inet.h>

#include <algorithm>

namespace wire {

namespace {

enum { GSO_TCP4 = 1, GSO_TCP6 = 4, GSO_UDP_L4 = 5 }; // as in linux/virtio_net.h

bool is_six(const Layer &layer)
{
	return text_of(layer, "src").find(':') != std::string::npos;
}

Bytes address_of(const Layer &layer, std::string_view key)
{
	const bool six = is_six(layer);
	Bytes address(six ? 16 : 4);

	if (inet_pton(six ? AF_INET6 : AF_INET, text_of(layer, key).c_str(), address.data()) != 1)
		throw Error("not an address: " + std::string(key) + "=" + text_of(layer, key));
	return address;
}

// Source and destination, one after the other.
Bytes addresses_of(const Layer &layer)
{
	auto both = address_of(layer, "src");
	const auto second = address_of(layer, "dst");

	both.insert(both.end(), second.begin(), second.end());
	return both;
}

// What a word of the script cannot have: \r, \n, \s for a blank.
Bytes unescape(std::string_view text)
{
	Bytes bytes;
	for (std::size_t i = 0; i < text.size(); i++) {
		if (text[i] != '\\' || i + 1 == text.size()) {
			bytes.push_back(static_cast<std::uint8_t>(text[i]));
			continue;
		}
		const char escape = text[++i];
		bytes.push_back(escape == 'r' ? '\r' : escape == 'n' ? '\n' : ' ');
	}
	return bytes;
}

Bytes payload_of(const Layer &layer)
{
	const auto data = text_of(layer, "data");
	if (!data.empty())
		return unescape(data);
	if (layer.contains("hex"))
		return from_hex(text_of(layer, "hex"));
	Bytes bytes(number_of(layer, "size", 0));
	for (std::size_t i = 0; i < bytes.size(); i++)
		bytes[i] = pattern_byte(i);
	return bytes;
}

Bytes whole(const Packet &packet, std::size_t index, Offload *offload);

Bytes inside(const Packet &packet, std::size_t index)
{
	if (index + 1 == packet.size())
		return payload_of(packet[index]);
	auto bytes = whole(packet, index + 1, nullptr);
	bytes.resize(std::min<std::size_t>(bytes.size(),
					   number_of(packet[index], "quote", 65535)));
	return bytes;
}

void store_crc(Bytes &body, const std::string &wish)
{
	store(body, 8, 4, 0);
	const auto crc = crc32c(body);
	store(body, 8, 4, wish == "zero" ? 0 : wish == "bad" ? crc ^ 0x5555 : crc);
}

void store_sum(Bytes &body, const Layer &layer)
{
	const auto protocol = protocol_of(layer);
	const auto wish = text_of(layer, "sum");
	const auto at = sum_offset(protocol);

	if (protocol == IPPROTO_SCTP)
		return store_crc(body, wish);
	if (at == 0 || wish == "zero")
		return;
	std::uint32_t sum = protocol == IPPROTO_ICMP ? 0 :
						       pseudo_sum(addresses_of(layer), protocol,
								  body.size());
	if (text_of(layer, "csum") == "partial") {
		store(body, at, 2, sum);
		return;
	}
	sum = 0xffff & ~sum_of(body, sum);
	if (sum == 0 && protocol == IPPROTO_UDP)
		sum = 0xffff;
	store(body, at, 2, wish == "bad" ? sum ^ 0x5555 : sum);
}

void describe(Offload &offload, const Layer &layer, const Bytes &body, std::size_t header)
{
	const auto protocol = protocol_of(layer);
	const bool tcp = protocol == IPPROTO_TCP;

	if (text_of(layer, "csum") != "partial")
		return;
	offload.csum_start = static_cast<std::uint16_t>(header);
	offload.csum_offset = static_cast<std::uint16_t>(sum_offset(protocol));
	offload.segment = static_cast<std::uint16_t>(number_of(layer, "gso", 0));
	if (offload.segment == 0)
		return;
	offload.segment_type = !tcp ? GSO_UDP_L4 : is_six(layer) ? GSO_TCP6 : GSO_TCP4;
	offload.header_length =
		static_cast<std::uint16_t>(header + (tcp ? body[12] / 16 * 4 : 8));
}

// "OFFSET+LENGTH" of what follows the IP header; the result is that of the
// header's field in IPv4.
std::uint16_t take_fragment(Bytes &body, const std::string &text)
{
	const auto plus = text.find('+');
	if (plus == text.npos)
		throw Error("not OFFSET+LENGTH: " + text);
	const std::size_t offset = std::stoul(text);
	if (offset > body.size() || offset % 8)
		throw Error("no such fragment: " + text);
	const std::size_t length = text.substr(plus + 1) == "all" ? body.size() - offset :
								    std::stoul(text.substr(plus + 1));
	if (offset + length > body.size())
		throw Error("no such fragment: " + text);
	const bool more = offset + length < body.size();
	body.resize(offset + length);
	body.erase(body.begin(), body.begin() + static_cast<long>(offset));
	return static_cast<std::uint16_t>(offset / 8 | (more ? 0x2000 : 0));
}

std::uint16_t fragment_of(const Layer &layer, Bytes &body)
{
	const auto wish = text_of(layer, "frag");

	return static_cast<std::uint16_t>((wish.empty() ? 0 : take_fragment(body, wish)) |
					  (number_of(layer, "mf", 0) ? 0x2000 : 0) |
					  number_of(layer, "off", 0) / 8);
}

Bytes header4(const Layer &layer, Bytes &body)
{
	auto options = from_hex(text_of(layer, "opt"));
	options.resize((options.size() + 3) / 4 * 4);
	const auto fragment = fragment_of(layer, body);
	const auto both = addresses_of(layer);
	Bytes ip(20);

	ip.insert(ip.end(), options.begin(), options.end());
	ip[0] = static_cast<std::uint8_t>(number_of(layer, "version", 4) << 4 |
					  number_of(layer, "ihl", ip.size() / 4));
	ip[1] = static_cast<std::uint8_t>(number_of(layer, "tos", 0));
	store(ip, 2, 2, number_of(layer, "totlen", ip.size() + body.size()));
	store(ip, 4, 2, number_of(layer, "id", 0x1234));
	store(ip, 6, 2, fragment | (number_of(layer, "df", 0) ? 0x4000 : 0));
	ip[8] = static_cast<std::uint8_t>(number_of(layer, "ttl", 64));
	ip[9] = protocol_of(layer);
	std::ranges::copy(both, ip.begin() + 12);
	const auto sum = 0xffff & ~sum_of(ip);
	store(ip, 10, 2, text_of(layer, "ipsum") == "bad" ? sum ^ 0x5555 : sum);
	return ip;
}

// Extension headers of eight bytes; options there are padding, a routing header
// has no segments left. The last byte of "chain" is where the next type goes.
void extend(Bytes &ip, std::size_t &next, std::uint8_t type, std::uint64_t rest)
{
	ip[next] = type;
	next = ip.size();
	ip.resize(ip.size() + 8);
	store(ip, next + 2, 2, static_cast<std::uint32_t>(rest >> 32));
	store(ip, next + 4, 4, static_cast<std::uint32_t>(rest));
}

void extend_all(Bytes &ip, std::size_t &next, std::string_view names)
{
	while (!names.empty()) {
		const auto plus = std::min(names.find('+'), names.size());
		const auto *found =
			std::ranges::find(extensions, names.substr(0, plus), &Named::name);
		if (found == extensions.end())
			throw Error("no extension header: " + std::string(names));
		extend(ip, next, found->number,
		       found->number == IPPROTO_ROUTING ? 0 : 0x010400000000);
		names.remove_prefix(std::min(plus + 1, names.size()));
	}
}

Bytes header6(const Layer &layer, Bytes &body)
{
	const auto fragment = fragment_of(layer, body);
	const auto both = addresses_of(layer);
	std::size_t next = 6;
	Bytes ip(40);

	store(ip, 0, 4,
	      number_of(layer, "version", 6) << 28 | number_of(layer, "tos", 0) << 20 |
		      number_of(layer, "flow", 0));
	ip[7] = static_cast<std::uint8_t>(number_of(layer, "ttl", 64));
	std::ranges::copy(both, ip.begin() + 8);
	extend_all(ip, next, text_of(layer, "ext"));
	if (fragment || layer.contains("frag"))
		extend(ip, next, IPPROTO_FRAGMENT,
		       static_cast<std::uint64_t>((fragment & 0x1fff) << 3 | fragment >> 13) << 32 |
			       number_of(layer, "id", 0x12345678));
	ip[next] = protocol_of(layer);
	store(ip, 4, 2, number_of(layer, "plen", ip.size() - 40 + body.size()));
	return ip;
}

Bytes whole(const Packet &packet, std::size_t index, Offload *offload)
{
	const auto &layer = packet[index];
	const bool more = index + 1 < packet.size();
	const std::uint8_t inner = more && is_six(packet[index + 1]) ? IPPROTO_IPV6 : IPPROTO_IPIP;
	auto body = transport_of(layer, inside(packet, index), inner);

	store_sum(body, layer);
	const auto all = body;
	auto ip = is_six(layer) ? header6(layer, body) : header4(layer, body);
	if (offload)
		describe(*offload, layer, all, ip.size());
	ip.insert(ip.end(), body.begin(), body.end());
	if (layer.contains("cut"))
		ip.resize(number_of(layer, "cut", 0));
	return ip;
}

} // namespace

Frame encode(const Packet &packet)
{
	Frame frame;

	frame.bytes = whole(packet, 0, &frame.offload);
	if (is_six(packet[0]))
		frame.ether = 0x86dd;
	return frame;
}

} // namespace wire

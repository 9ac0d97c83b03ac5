// SPDX-License-Identifier: GPL-2.0-or-later
#include "bytes.h"

#include <arpa/inet.h>

namespace wire {

namespace {

enum { GSO_TCP4 = 1, GSO_UDP_L4 = 5 }; // as in linux/virtio_net.h

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
	if (name == "tcp")
		return IPPROTO_TCP;
	if (name == "udp")
		return IPPROTO_UDP;
	if (name == "icmp")
		return IPPROTO_ICMP;
	if (name == "ipip")
		return IPPROTO_IPIP;
	return static_cast<std::uint8_t>(number_of(layer, "proto", 0));
}

std::uint32_t address_of(const Layer &layer, std::string_view key)
{
	in_addr address{};
	if (inet_pton(AF_INET, text_of(layer, key).c_str(), &address) != 1)
		throw Error("not an address: " + std::string(key) + "=" + text_of(layer, key));
	return ntohl(address.s_addr);
}

Bytes payload_of(const Layer &layer)
{
	const auto data = text_of(layer, "data");
	if (!data.empty())
		return Bytes(data.begin(), data.end());
	Bytes bytes(number_of(layer, "size", 0));
	for (std::size_t i = 0; i < bytes.size(); i++)
		bytes[i] = pattern_byte(i);
	return bytes;
}

Bytes tcp_header(const Layer &layer)
{
	const bool with_mss = layer.contains("mss");
	Bytes bytes(with_mss ? 24 : 20);
	std::uint8_t flags = 0;

	for (const char letter : text_of(layer, "flags")) {
		const auto bit = tcp_flag_letters.find(letter);
		if (bit == tcp_flag_letters.npos)
			throw Error(std::string("no TCP flag: ") + letter);
		flags |= static_cast<std::uint8_t>(1 << bit);
	}
	store(bytes, 4, 4, number_of(layer, "seq", 1));
	store(bytes, 8, 4, number_of(layer, "ack", 0));
	bytes[12] = static_cast<std::uint8_t>(number_of(layer, "doff", bytes.size() / 4) << 4);
	bytes[13] = flags;
	store(bytes, 14, 2, number_of(layer, "win", 8192));
	if (with_mss)
		store(bytes, 20, 4, 0x02040000 | number_of(layer, "mss", 0));
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

Bytes transport_of(const Packet &packet, std::size_t index);

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

Bytes transport_of(const Packet &packet, std::size_t index)
{
	const auto &layer = packet[index];
	const auto body = inside(packet, index);
	Bytes bytes;

	switch (protocol_of(layer)) {
	case IPPROTO_TCP:
		bytes = tcp_header(layer);
		break;
	case IPPROTO_UDP:
		bytes.resize(8);
		store(bytes, 4, 2, number_of(layer, "udplen", 8 + body.size()));
		break;
	case IPPROTO_ICMP:
		bytes = icmp_header(layer);
		break;
	}
	if (layer.contains("sport") && bytes.size() >= 8) {
		store(bytes, 0, 2, number_of(layer, "sport", 0));
		store(bytes, 2, 2, number_of(layer, "dport", 0));
	}
	bytes.insert(bytes.end(), body.begin(), body.end());
	return bytes;
}

void store_sum(Bytes &ip, const Layer &layer, std::size_t header)
{
	const auto protocol = protocol_of(layer);
	const auto wish = text_of(layer, "sum");
	const bool icmp = protocol == IPPROTO_ICMP;
	const std::size_t at = header + (icmp ? 2 : sum_offset(protocol));
	const std::size_t length = ip.size() - header;

	if (wish == "zero" || (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP && !icmp))
		return;
	std::uint32_t sum = icmp ? 0 : pseudo_sum(ip, protocol, length);
	if (text_of(layer, "csum") == "partial") {
		store(ip, at, 2, sum);
		return;
	}
	sum = 0xffff & ~sum_of(View(ip).subspan(header), sum);
	if (sum == 0 && protocol == IPPROTO_UDP)
		sum = 0xffff;
	store(ip, at, 2, wish == "bad" ? sum ^ 0x5555 : sum);
}

void describe(Offload &offload, const Layer &layer, const Bytes &ip, std::size_t header)
{
	const auto protocol = protocol_of(layer);

	if (text_of(layer, "csum") != "partial")
		return;
	offload.csum_start = static_cast<std::uint16_t>(header);
	offload.csum_offset = static_cast<std::uint16_t>(sum_offset(protocol));
	offload.segment = static_cast<std::uint16_t>(number_of(layer, "gso", 0));
	if (offload.segment == 0)
		return;
	offload.segment_type = protocol == IPPROTO_TCP ? GSO_TCP4 : GSO_UDP_L4;
	offload.header_length = static_cast<std::uint16_t>(
		header + (protocol == IPPROTO_TCP ? ip[header + 12] / 16 * 4 : 8));
}

// "OFFSET+LENGTH" of what follows the IP header.
std::uint16_t take_fragment(Bytes &ip, const std::string &text, std::size_t header)
{
	const auto plus = text.find('+');
	if (plus == text.npos)
		throw Error("not OFFSET+LENGTH: " + text);
	const std::size_t offset = std::stoul(text), length = std::stoul(text.substr(plus + 1));
	if (header + offset + length > ip.size() || offset % 8)
		throw Error("no such fragment: " + text);
	const bool more = header + offset + length < ip.size();
	ip.resize(header + offset + length);
	ip.erase(ip.begin() + static_cast<long>(header),
		 ip.begin() + static_cast<long>(header + offset));
	return static_cast<std::uint16_t>(offset / 8 | (more ? 0x2000 : 0));
}

void store_header(Bytes &ip, const Layer &layer, std::uint16_t fragment)
{
	ip[0] = static_cast<std::uint8_t>(number_of(layer, "version", 4) << 4 |
					  number_of(layer, "ihl", 5));
	ip[1] = static_cast<std::uint8_t>(number_of(layer, "tos", 0));
	store(ip, 2, 2, number_of(layer, "totlen", ip.size()));
	store(ip, 4, 2, number_of(layer, "id", 0x1234));
	store(ip, 6, 2, fragment | (number_of(layer, "df", 0) ? 0x4000 : 0) |
				(number_of(layer, "mf", 0) ? 0x2000 : 0) |
				number_of(layer, "off", 0) / 8);
	ip[8] = static_cast<std::uint8_t>(number_of(layer, "ttl", 64));
	ip[9] = protocol_of(layer);
	store(ip, 12, 4, address_of(layer, "src"));
	store(ip, 16, 4, address_of(layer, "dst"));
	const auto sum = 0xffff & ~sum_of(View(ip).first(20));
	store(ip, 10, 2, text_of(layer, "ipsum") == "bad" ? sum ^ 0x5555 : sum);
}

Bytes whole(const Packet &packet, std::size_t index, Offload *offload)
{
	const auto &layer = packet[index];
	const std::size_t header = 20;
	std::uint16_t fragment = 0;
	Bytes ip(header);

	store(ip, 12, 4, address_of(layer, "src"));
	store(ip, 16, 4, address_of(layer, "dst"));
	const auto rest = transport_of(packet, index);
	ip.insert(ip.end(), rest.begin(), rest.end());
	store_sum(ip, layer, header);
	if (offload)
		describe(*offload, layer, ip, header);
	if (layer.contains("frag"))
		fragment = take_fragment(ip, text_of(layer, "frag"), header);
	store_header(ip, layer, fragment);
	if (layer.contains("cut"))
		ip.resize(number_of(layer, "cut", 0));
	return ip;
}

} // namespace

Frame encode(const Packet &packet)
{
	Frame frame;

	frame.bytes = whole(packet, 0, &frame.offload);
	return frame;
}

} // namespace wire

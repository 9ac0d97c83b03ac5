// SPDX-License-Identifier: GPL-2.0-or-later
#include "bytes.h"

#include <arpa/inet.h>

#include <algorithm>

namespace wire {

namespace {

std::string address_text(View bytes)
{
	char text[INET6_ADDRSTRLEN];
	return inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text, sizeof(text));
}

std::string name_in(std::span<const Named> names, std::uint8_t number)
{
	const auto found = std::ranges::find(names, number, &Named::number);
	return found == names.end() ? std::to_string(number) : std::string(found->name);
}

std::string hex_of(View bytes)
{
	constexpr std::string_view digits = "0123456789abcdef";
	std::string text;

	for (const auto byte : bytes)
		text.append({ digits[byte / 16], digits[byte % 16] });
	return text;
}

std::string payload_name(View body)
{
	std::string text;

	for (std::size_t i = 0; i < body.size(); i++)
		if (body[i] != pattern_byte(i))
			break;
		else if (i + 1 == body.size())
			return "pattern";
	for (const auto byte : body.first(std::min<std::size_t>(body.size(), 40)))
		text += byte > ' ' && byte < 127 ? static_cast<char>(byte) : '.';
	return text;
}

void name_payload(Layer &layer, View body)
{
	layer["size"] = std::to_string(body.size());
	if (!body.empty())
		layer["data"] = payload_name(body);
}

// What follows the IP header; it may be shorter than that says.
struct Rest {
	View view;
	View addresses;
	std::uint8_t protocol;
	bool complete;
	bool partial; // a device is still to make the checksum
};

std::string judge_sum(const Rest &rest)
{
	const auto field = load(rest.view, sum_offset(rest.protocol), 2);
	const auto pseudo = rest.protocol == IPPROTO_ICMP ?
				    std::uint16_t(0) :
				    pseudo_sum(rest.addresses, rest.protocol, rest.view.size());

	if (rest.partial)
		return field == pseudo ? "partial" : "bad";
	if (rest.protocol == IPPROTO_UDP && field == 0)
		return "zero";
	if (!rest.complete)
		return "cut";
	return sum_of(rest.view, pseudo) == 0xffff ? "good" : "bad";
}

std::string judge_crc(const Rest &rest)
{
	Bytes copy(rest.view.begin(), rest.view.end());

	if (!rest.complete)
		return "cut";
	store(copy, 8, 4, 0);
	return load(rest.view, 8, 4) == crc32c(copy) ? "good" :
	       rest.partial			     ? "partial" :
						       "bad";
}

void take_ports(Layer &layer, View view)
{
	layer["sport"] = std::to_string(load(view, 0, 2));
	layer["dport"] = std::to_string(load(view, 2, 2));
}

void take_ip(Packet &packet, View ip, const Offload &offload);

void take_tcp(Layer &layer, const Rest &rest)
{
	const auto view = rest.view;
	if (view.size() < 4)
		return;
	take_ports(layer, view);
	if (view.size() < 20)
		return;
	layer["seq"] = std::to_string(load(view, 4, 4));
	layer["ack"] = std::to_string(load(view, 8, 4));
	layer["win"] = std::to_string(load(view, 14, 2));
	std::string flags;
	for (std::size_t bit = 0; bit < tcp_flag_letters.size(); bit++)
		if (view[13] & 1 << bit)
			flags += tcp_flag_letters[bit];
	layer["flags"] = flags;
	layer["sum"] = judge_sum(rest);
	const auto header = std::clamp<std::size_t>(view[12] / 16 * 4, 20, view.size());
	if (header > 20)
		layer["tcpopt"] = hex_of(view.subspan(20, header - 20));
	name_payload(layer, view.subspan(header));
}

void take_gue(Packet &packet, View view)
{
	auto &layer = packet.back();

	layer["gue"] = hex_of(view.first(4));
	const std::size_t size = 4 + (view[0] & 31u) * 4u;
	layer["gueopt"] = hex_of(view.subspan(4, std::min(size, view.size()) - 4));
	if (size < view.size())
		take_ip(packet, view.subspan(size), {});
}

void take_udp(Packet &packet, const Rest &rest)
{
	auto &layer = packet.back();
	const auto view = rest.view;
	if (view.size() < 4)
		return;
	take_ports(layer, view);
	if (view.size() < 8)
		return;
	layer["udplen"] = std::to_string(load(view, 4, 2));
	layer["check"] = hex_of(view.subspan(6, 2));
	layer["sum"] = judge_sum(rest);
	name_payload(layer, view.subspan(8));
	if (load(view, 2, 2) == gue_port && view.size() >= 12)
		take_gue(packet, view.subspan(8));
}

void take_icmp(Packet &packet, const Rest &rest)
{
	auto &layer = packet.back();
	const auto view = rest.view;
	if (view.size() < 8)
		return;
	layer["type"] = std::to_string(view[0]);
	layer["code"] = std::to_string(view[1]);
	layer["eid"] = std::to_string(load(view, 4, 2));
	layer["mtu"] = layer["eseq"] = std::to_string(load(view, 6, 2));
	layer["sum"] = judge_sum(rest);
	layer["size"] = std::to_string(view.size() - 8);
	if (quotes(rest.protocol, view[0]))
		take_ip(packet, view.subspan(8), {});
	else
		name_payload(layer, view.subspan(8));
}

void take_sctp(Layer &layer, const Rest &rest)
{
	const auto view = rest.view;
	if (view.size() < 4)
		return;
	take_ports(layer, view);
	if (view.size() < 12)
		return;
	layer["vtag"] = std::to_string(load(view, 4, 4));
	layer["sum"] = judge_crc(rest);
	layer["crc"] = std::to_string(load(view, 8, 4));
	std::string names;
	for (std::size_t at = 12; at + 4 <= view.size();) {
		names += (names.empty() ? "" : "+") + name_in(chunks, view[at]);
		at += std::max<std::size_t>(4, (load(view, at + 2, 2) + 3) / 4 * 4);
	}
	layer["chunk"] = names;
	layer["size"] = std::to_string(view.size() - 12);
}

void take_gre(Packet &packet, const Rest &rest)
{
	auto &layer = packet.back();
	const auto view = rest.view;
	const std::size_t size = view.size() > 0 && view[0] & 0x80 ? 8 : 4;
	if (view.size() < size)
		return;
	layer["gre"] = hex_of(view.first(4));
	if (size == 8) {
		layer["grecsum"] = sum_of(view) == 0xffff ? "good" : "bad";
		layer["check"] = hex_of(view.subspan(4, 2));
	}
	take_ip(packet, view.subspan(size), {});
}

void take_rest(Packet &packet, const Rest &rest)
{
	auto &layer = packet.back();

	layer["size"] = std::to_string(rest.view.size());
	if (layer["off"] != "0")
		return;
	switch (rest.protocol) {
	case IPPROTO_TCP:
		return take_tcp(layer, rest);
	case IPPROTO_UDP:
		return take_udp(packet, rest);
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return take_icmp(packet, rest);
	case IPPROTO_SCTP:
		return take_sctp(layer, rest);
	case IPPROTO_GRE:
		return take_gre(packet, rest);
	case IPPROTO_IPIP:
	case IPPROTO_IPV6:
		return take_ip(packet, rest.view, {});
	}
	name_payload(layer, rest.view);
}

void take_fragment(Layer &layer, std::uint16_t field)
{
	layer["mf"] = field & 0x2000 ? "1" : "0";
	layer["off"] = std::to_string((field & 0x1fff) * 8);
}

Layer header4(View ip)
{
	const auto fragment = load(ip, 6, 2);
	Layer layer;

	layer["proto"] = name_in(protocols, ip[9]);
	layer["src"] = address_text(ip.subspan(12, 4));
	layer["dst"] = address_text(ip.subspan(16, 4));
	layer["tos"] = std::to_string(ip[1]);
	layer["totlen"] = std::to_string(load(ip, 2, 2));
	layer["id"] = std::to_string(load(ip, 4, 2));
	layer["df"] = fragment & 0x4000 ? "1" : "0";
	layer["ttl"] = std::to_string(ip[8]);
	take_fragment(layer, static_cast<std::uint16_t>(fragment));
	return layer;
}

void take_ip4(Packet &packet, View ip, const Offload &offload)
{
	const std::size_t header = (ip[0] & 15u) * 4u, total = load(ip, 2, 2);
	if (header < 20 || header > ip.size())
		return;
	packet.push_back(header4(ip));
	packet.back()["ipsum"] = sum_of(ip.first(header)) == 0xffff ? "good" : "bad";
	if (header > 20)
		packet.back()["opt"] = hex_of(ip.subspan(20, header - 20));
	const auto end = std::min(ip.size(), std::max(total, header));
	take_rest(packet, { .view = ip.subspan(header, end - header),
			    .addresses = ip.subspan(12, 8),
			    .protocol = ip[9],
			    .complete = ip.size() >= total && !(load(ip, 6, 2) & 0x3fff),
			    .partial = offload.csum_start == header });
}

Layer header6(View ip)
{
	Layer layer;

	layer["src"] = address_text(ip.subspan(8, 16));
	layer["dst"] = address_text(ip.subspan(24, 16));
	layer["tos"] = std::to_string(load(ip, 0, 2) >> 4 & 255);
	layer["flow"] = std::to_string(load(ip, 0, 4) & 0xfffff);
	layer["plen"] = std::to_string(load(ip, 4, 2));
	layer["ttl"] = std::to_string(ip[7]);
	take_fragment(layer, 0);
	return layer;
}

// Past the extension headers; the result is the protocol, "at" where it begins.
std::uint8_t skip_extensions(Layer &layer, View ip, std::size_t &at)
{
	auto next = ip[6];
	std::string names;

	while (at + 8 <= ip.size()) {
		if (next == IPPROTO_FRAGMENT) {
			const auto field = load(ip, at + 2, 2);
			take_fragment(layer, static_cast<std::uint16_t>(field >> 3 |
									(field & 1) << 13));
			layer["id"] = std::to_string(load(ip, at + 4, 4));
			layer["frag"] = names.empty() ? "first" : "last";
		} else if (std::ranges::find(extensions, next, &Named::number) !=
			   extensions.end()) {
			names += (names.empty() ? "" : "+") + name_in(extensions, next);
		} else {
			break;
		}
		const std::size_t size = next == IPPROTO_FRAGMENT ? 8 : (ip[at + 1] + 1u) * 8u;
		next = ip[at];
		at += size;
		if (layer["off"] != "0")
			break;
	}
	if (!names.empty())
		layer["ext"] = names;
	return next;
}

void take_ip6(Packet &packet, View ip, const Offload &offload)
{
	if (ip.size() < 40)
		return;
	const auto total = 40 + load(ip, 4, 2);
	auto layer = header6(ip);
	std::size_t at = 40;
	const auto protocol = skip_extensions(layer, ip, at);
	layer["proto"] = name_in(protocols, protocol);
	const bool fragment = layer["off"] != "0" || layer["mf"] != "0";
	packet.push_back(std::move(layer));
	at = std::min(at, ip.size());
	const auto end = std::min(ip.size(), std::max<std::size_t>(total, at));
	take_rest(packet, { .view = ip.subspan(at, end - at),
			    .addresses = ip.subspan(8, 32),
			    .protocol = protocol,
			    .complete = ip.size() >= total && !fragment,
			    .partial = offload.csum_start == at });
}

void take_ip(Packet &packet, View ip, const Offload &offload)
{
	const auto before = packet.size();

	if (ip.size() >= 20 && ip[0] >> 4 == 4)
		take_ip4(packet, ip, offload);
	else if (ip.size() >= 40 && ip[0] >> 4 == 6)
		take_ip6(packet, ip, offload);
	if (packet.size() > before && offload.segment)
		packet[before]["gso"] = std::to_string(offload.segment);
	if (packet.size() > before && offload.valid)
		packet[before]["valid"] = "1";
}

} // namespace

Packet decode(const Frame &frame)
{
	Packet packet;

	take_ip(packet, frame.bytes, frame.offload);
	return packet;
}

} // namespace wire

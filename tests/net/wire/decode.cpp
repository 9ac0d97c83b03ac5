// SPDX-License-Identifier: GPL-2.0-or-later
#include "bytes.h"

#include <arpa/inet.h>

#include <algorithm>

namespace wire {

namespace {

std::string address_at(View ip, std::size_t at)
{
	char text[INET_ADDRSTRLEN];
	return inet_ntop(AF_INET, ip.data() + at, text, sizeof(text));
}

std::string protocol_name(std::uint8_t protocol)
{
	switch (protocol) {
	case IPPROTO_TCP:
		return "tcp";
	case IPPROTO_UDP:
		return "udp";
	case IPPROTO_ICMP:
		return "icmp";
	case IPPROTO_IPIP:
		return "ipip";
	}
	return std::to_string(protocol);
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

// What the packet is after the IP header, "rest" may be shorter than it says.
struct Rest {
	View ip;
	std::size_t header;
	bool complete;
	bool partial; // a device is still to make the checksum

	View view() const { return ip.subspan(header); }
};

std::string judge_sum(const Rest &rest, std::uint8_t protocol)
{
	const auto view = rest.view();
	const auto field = load(view, protocol == IPPROTO_ICMP ? 2 : sum_offset(protocol), 2);
	const auto pseudo = protocol == IPPROTO_ICMP ?
				    std::uint16_t(0) :
				    pseudo_sum(rest.ip, protocol, view.size());

	if (rest.partial)
		return field == pseudo ? "partial" : "bad";
	if (protocol == IPPROTO_UDP && field == 0)
		return "zero";
	if (!rest.complete)
		return "cut";
	return sum_of(view, pseudo) == 0xffff ? "good" : "bad";
}

void take_tcp(Layer &layer, const Rest &rest)
{
	const auto view = rest.view();
	if (view.size() < 4)
		return;
	layer["sport"] = std::to_string(load(view, 0, 2));
	layer["dport"] = std::to_string(load(view, 2, 2));
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
	layer["sum"] = judge_sum(rest, IPPROTO_TCP);
	name_payload(layer, view.subspan(std::min<std::size_t>(view[12] / 16 * 4, view.size())));
}

void take_udp(Layer &layer, const Rest &rest)
{
	const auto view = rest.view();
	if (view.size() < 8)
		return;
	layer["sport"] = std::to_string(load(view, 0, 2));
	layer["dport"] = std::to_string(load(view, 2, 2));
	layer["udplen"] = std::to_string(load(view, 4, 2));
	layer["sum"] = judge_sum(rest, IPPROTO_UDP);
	name_payload(layer, view.subspan(8));
}

void take_ip(Packet &packet, View ip, const Offload &offload);

void take_icmp(Packet &packet, std::size_t index, const Rest &rest)
{
	const auto view = rest.view();
	if (view.size() < 8)
		return;
	auto &layer = packet[index];
	layer["type"] = std::to_string(view[0]);
	layer["code"] = std::to_string(view[1]);
	layer["eid"] = std::to_string(load(view, 4, 2));
	layer["mtu"] = layer["eseq"] = std::to_string(load(view, 6, 2));
	layer["sum"] = judge_sum(rest, IPPROTO_ICMP);
	layer["size"] = std::to_string(view.size() - 8);
	if (view[0] == 3 || view[0] == 4 || view[0] == 5 || view[0] == 11 || view[0] == 12)
		take_ip(packet, view.subspan(8), {});
	else
		name_payload(layer, view.subspan(8));
}

void take_rest(Packet &packet, std::size_t index, const Rest &rest)
{
	const auto protocol = rest.ip[9];
	auto &layer = packet[index];

	if (layer["off"] != "0") {
		layer["size"] = std::to_string(rest.view().size());
		return;
	}
	switch (protocol) {
	case IPPROTO_TCP:
		return take_tcp(layer, rest);
	case IPPROTO_UDP:
		return take_udp(layer, rest);
	case IPPROTO_ICMP:
		return take_icmp(packet, index, rest);
	case IPPROTO_IPIP:
		layer["size"] = std::to_string(rest.view().size());
		return take_ip(packet, rest.view(), {});
	}
	name_payload(layer, rest.view());
}

Layer header_of(View ip)
{
	const auto fragment = load(ip, 6, 2);
	Layer layer;

	layer["proto"] = protocol_name(ip[9]);
	layer["src"] = address_at(ip, 12);
	layer["dst"] = address_at(ip, 16);
	layer["tos"] = std::to_string(ip[1]);
	layer["totlen"] = std::to_string(load(ip, 2, 2));
	layer["id"] = std::to_string(load(ip, 4, 2));
	layer["df"] = fragment & 0x4000 ? "1" : "0";
	layer["mf"] = fragment & 0x2000 ? "1" : "0";
	layer["off"] = std::to_string((fragment & 0x1fff) * 8);
	layer["ttl"] = std::to_string(ip[8]);
	return layer;
}

void take_ip(Packet &packet, View ip, const Offload &offload)
{
	if (ip.size() < 20 || ip[0] >> 4 != 4)
		return;
	const std::size_t header = (ip[0] & 15u) * 4u, total = load(ip, 2, 2);
	if (header < 20 || header > ip.size())
		return;
	packet.push_back(header_of(ip));
	packet.back()["ipsum"] = sum_of(ip.first(header)) == 0xffff ? "good" : "bad";
	if (offload.segment)
		packet.back()["gso"] = std::to_string(offload.segment);
	const bool fragment = load(ip, 6, 2) & 0x3fff;
	take_rest(packet, packet.size() - 1,
		  { .ip = ip.first(std::min(ip.size(), std::max(total, header))),
		    .header = header,
		    .complete = ip.size() >= total && !fragment,
		    .partial = offload.csum_start == header });
}

} // namespace

Packet decode(const Frame &frame)
{
	Packet packet;

	take_ip(packet, frame.bytes, frame.offload);
	return packet;
}

} // namespace wire

// SPDX-License-Identifier: GPL-2.0-or-later
// IP packets as text, as fields and as bytes. In text, layers are separated
// by " / ":
//
//   tcp 10.0.1.10:4000 > 10.0.1.100:80 flags=S ttl=64
//   icmp 10.0.2.11 > 10.0.1.10 type=3 code=3 / udp 10.0.1.10:4000 > 10.0.2.11:53
//   ipip 10.0.1.1 > 10.0.2.11 / udp 10.0.1.10:4000 > 10.0.1.100:53 size=10
//   udp [2001:db8::1]:4000 > [2001:db8::2]:53 ext=hbh+dst
//   sctp 10.0.1.10:4000 > 10.0.1.100:80 chunk=cookie-echo+data
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace wire {

using Bytes = std::vector<std::uint8_t>;
using Layer = std::map<std::string, std::string, std::less<>>;
using Packet = std::vector<Layer>; // outermost first

struct Error : std::runtime_error {
	using std::runtime_error::runtime_error;
};

// What a network device is still to do to a packet: checksum (csum_start from
// the IP header on, 0 if nothing) and cutting into segments.
struct Offload {
	std::uint16_t csum_start = 0;
	std::uint16_t csum_offset = 0;
	std::uint16_t segment = 0;
	std::uint8_t segment_type = 0;
	std::uint16_t header_length = 0;
	bool valid = false; // the checksum has been seen to be right
};

struct Frame {
	Bytes bytes; // from the IP header on
	Offload offload;
	std::uint16_t ether = 0x0800; // EtherType
};

[[nodiscard]] Packet from_text(std::string_view text);
[[nodiscard]] std::string to_text(const Packet &packet);

// Fields that are absent get the value of a correct packet. Fields that lie:
// version, ihl, totlen, plen, doff, udplen, next, ipsum=bad, sum=bad|zero. Fields
// of effect: size, hex or data (payload; in it \r, \n, \s for a blank),
// frag=OFFSET+LENGTH (a fragment of the whole packet, LENGTH may be "all"),
// cut=LENGTH (bytes sent), quote=LENGTH (of the layer inside an ICMP error),
// opt=HEX (IPv4 options), ext=hbh+rt+dst (IPv6 extension headers), gue=1 and grecsum=1 (of a layer that has another inside),
// csum=partial and gso=SIZE (left to the device).
[[nodiscard]] Frame encode(const Packet &packet);

// Never fails: what cannot be read is left out. valid=1: somebody has seen that the
// checksum is right.
[[nodiscard]] Packet decode(const Frame &frame);

// Each field of the pattern is in the packet, with that value; "*" is any.
[[nodiscard]] bool matches(const Packet &pattern, const Packet &packet);

} // namespace wire

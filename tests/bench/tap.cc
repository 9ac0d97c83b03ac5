// SPDX-License-Identifier: GPL-2.0-or-later
#include "tap.h"

#include "system.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdexcept>
#include <sys/ioctl.h>

namespace bench {

namespace {

constexpr unsigned ip = 14, tcp = ip + 20, size = 60;
constexpr unsigned udp = tcp, part = 24; // octets of UDP in the first fragment
using Frame = std::array<std::uint8_t, size>;

Fd open_tap()
{
	Fd fd(open("/dev/net/tun", O_RDWR | O_CLOEXEC));
	ifreq request{};

	request.ifr_flags = IFF_TAP | IFF_NO_PI;
	std::strcpy(request.ifr_name, "tap0");
	if (fd.get() < 0 || ioctl(fd.get(), TUNSETIFF, &request) < 0)
		throw std::runtime_error(std::string("tap0: ") + strerror(errno));
	return fd;
}

void put16(Frame &frame, unsigned at, unsigned value)
{
	frame[at] = std::uint8_t(value >> 8);
	frame[at + 1] = std::uint8_t(value);
}

void put32(Frame &frame, unsigned at, std::uint32_t value)
{
	put16(frame, at, value >> 16);
	put16(frame, at + 2, value & 0xffff);
}

unsigned checksum(const Frame &frame, unsigned from, unsigned to, unsigned sum)
{
	for (unsigned at = from; at < to; at += 2)
		sum += frame[at] << 8 | frame[at + 1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

std::uint8_t flags(Kind kind)
{
	switch (kind) {
	case Kind::tcp_syn: return 0x02;
	case Kind::tcp_syn_ack: return 0x12;
	default: return 0x10;
	}
}

Frame blank(Kind kind, To to)
{
	Frame frame{0x02, 0, 0, 0, 0, std::uint8_t(to == To::director ? 0x01 : 0x99),
		    0x02, 0, 0, 0, 0, 0x77, 0x08, 0x00, 0x45};

	put16(frame, ip + 2, size - ip);
	frame[ip + 8] = 64;
	frame[ip + 9] = 6;
	put32(frame, tcp + 4, 1);
	put32(frame, tcp + 8, kind == Kind::tcp_syn ? 0 : 1);
	frame[tcp + 12] = 5 << 4;
	frame[tcp + 13] = flags(kind);
	put16(frame, tcp + 14, 0xffff);
	return frame;
}

void put_addresses(Frame &frame, const Stream &s, unsigned i)
{
	put32(frame, ip + 12, address(s.source) + i % s.sources);
	put32(frame, ip + 16, address(s.destination));
}

// At the same place in TCP and UDP.
void put_ports(Frame &frame, const Stream &s, unsigned i)
{
	put16(frame, tcp, s.source_port + i % s.source_ports);
	put16(frame, tcp + 2, s.destination_port + i % s.destination_ports);
}

// Six bytes of payload fill the frame to 60.
void address_packet(Frame &frame, const Stream &s, unsigned i)
{
	put_addresses(frame, s, i);
	put_ports(frame, s, i);
	put16(frame, ip + 10, 0);
	put16(frame, ip + 10, checksum(frame, ip, tcp, 0));
	put16(frame, tcp + 16, 0);
	put16(frame, tcp + 16, checksum(frame, ip + 12, size, 6 + size - tcp));
}

// Without a checksum, as pktgen's.
void address_datagram(Frame &frame, const Stream &s, unsigned i)
{
	std::fill(frame.begin() + udp, frame.end(), 0);
	frame[ip + 9] = 17;
	put_addresses(frame, s, i);
	put16(frame, ip + 10, 0);
	put16(frame, ip + 10, checksum(frame, ip, udp, 0));
	put_ports(frame, s, i);
	put16(frame, udp + 4, size - udp);
}

// Of a datagram of 24 octets and what is left.
Frame fragment(const Stream &s, unsigned i, bool last, To to)
{
	Frame frame = blank(Kind::udp_fragments, to);

	std::fill(frame.begin() + udp, frame.end(), 0);
	put16(frame, ip + 2, last ? size - ip : 20 + part);
	put16(frame, ip + 4, i);
	put16(frame, ip + 6, last ? part / 8 : 0x2000);
	frame[ip + 9] = 17;
	put_addresses(frame, s, i);
	put16(frame, ip + 10, checksum(frame, ip, udp, 0));
	if (last)
		return frame;
	put_ports(frame, s, i);
	put16(frame, udp + 4, part + size - udp);
	return frame;
}

void write_to(const Fd &fd, const Frame &frame)
{
	if (write(fd.get(), frame.data(), frame.size()) != ssize_t(frame.size()))
		throw std::runtime_error(std::string("tap0: ") + strerror(errno));
}

} // namespace

// Making a frame costs the same in every run and goes with the base.
std::uint64_t tap_send(const Stream &stream, unsigned count, To to)
{
	Fd fd = open_tap();
	Frame frame = blank(stream.kind, to);
	std::uint64_t begin = nanoseconds();

	for (unsigned i = 0; i < count; i++) {
		if (stream.kind == Kind::udp_fragments) {
			write_to(fd, fragment(stream, i, false, to));
			write_to(fd, fragment(stream, i, true, to));
			continue;
		}
		if (stream.kind == Kind::udp_from_device)
			address_datagram(frame, stream, i);
		else
			address_packet(frame, stream, i);
		write_to(fd, frame);
	}
	return nanoseconds() - begin;
}

} // namespace bench

// SPDX-License-Identifier: GPL-2.0-or-later
#include "datagram.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>

extern "C" {
#include "kernel/packet.h"
}

namespace {

const Endpoint client{0x0a00010a, 40000}, server{0x0a00020b, 80};
constexpr std::uint32_t router = 0x0a0002fe;

struct Parsed {
	ip_vs_packet_kind kind;
	ip_vs_packet packet{};

	Endpoint source() const { return {ntohl(packet.tuple.k.saddr), ntohs(packet.tuple.k.sport)}; }
	Endpoint destination() const
	{
		return {ntohl(packet.tuple.k.daddr), ntohs(packet.tuple.k.dport)};
	}
};

// Exactly as much memory as the packet has, so that reading on is noticed;
// @readable octets of it directly.
Parsed parse(const Octets &octets, u8 family, std::size_t readable)
{
	Octets copy(octets);
	sk_buff skb{};
	Parsed parsed;

	copy.shrink_to_fit();
	skb.data = copy.data();
	skb.len = copy.size();
	skb.headlen = readable;
	parsed.kind = ip_vs_packet_parse(&parsed.packet, &skb, family);
	return parsed;
}

// The same whether in one piece or with the network header alone readable.
Parsed parse(const Octets &octets)
{
	Parsed whole = parse(octets, AF_INET, octets.size());
	Parsed apart = parse(octets, AF_INET, transport_of(octets));

	EXPECT_EQ(whole.kind, apart.kind);
	EXPECT_EQ(whole.packet.tuple.k.head, apart.packet.tuple.k.head);
	return apart;
}

// An empty datagram by UDP from port 1 to port 2, at @offset of its whole.
Octets fragment6(std::size_t offset, bool more)
{
	Octets o(56);

	o[0] = 0x60;
	o[5] = 16;
	o[6] = 44;
	o[7] = 64;
	o[23] = 9;
	o[40] = UDP;
	put16(o, 42, offset | more);
	put16(o, 48, 1);
	put16(o, 50, 2);
	return o;
}

TEST(Packet, TheTupleOfWhatWeBalance)
{
	for (int protocol : {TCP, UDP}) {
		Parsed p = parse(datagram(protocol, client, server, {}));

		EXPECT_EQ(p.kind, IP_VS_PACKET_PLAIN);
		EXPECT_EQ(p.source(), client);
		EXPECT_EQ(p.destination(), server);
		EXPECT_EQ(p.packet.tuple.k.protocol, protocol);
		EXPECT_EQ(p.packet.tuple.k.family, AF_INET);
		EXPECT_EQ(p.packet.tuple.k.kind, IP_VS_TUPLE_PACKET);
		EXPECT_EQ(p.packet.transport, 20u);
	}
}

TEST(Packet, TheTupleOfSctp)
{
	Octets o = sctp_packet(client, server, {});
	Parsed p = parse(o);

	EXPECT_EQ(p.kind, IP_VS_PACKET_PLAIN);
	EXPECT_EQ(p.source(), client);
	EXPECT_EQ(p.destination(), server);
	EXPECT_EQ(p.packet.tuple.k.protocol, SCTP);
	for (std::size_t size = 31; size >= 20; size--) {
		o.resize(size);
		EXPECT_EQ(parse(o).kind, IP_VS_PACKET_BROKEN);
	}
}

TEST(Packet, BehindOptions)
{
	Parsed p = parse(datagram(UDP, client, server, {}, 40));

	EXPECT_EQ(p.kind, IP_VS_PACKET_PLAIN);
	EXPECT_EQ(p.source(), client);
	EXPECT_EQ(p.packet.transport, 60u);
}

TEST(Packet, OtherProtocolsAreNotOurs)
{
	for (int protocol : {0, 2, 4, 47, 255})
		EXPECT_EQ(parse(ip_packet(protocol, 1, 2, Octets(40))).kind, IP_VS_PACKET_OTHER);
}

// Nothing of them is read: they are whose key exchange is.
TEST(Packet, IpsecIsOfItsKeyExchange)
{
	for (int protocol : {50, 51})
		for (std::size_t size : {0, 1, 8, 100}) {
			Octets o = ip_packet(protocol, client.address, server.address,
					     Octets(size, 0xee));

			for (unsigned int where : {0, 0x2000, 0x0010}) {
				put16(o, 6, where);
				Parsed p = parse(o);
				EXPECT_EQ(p.kind, IP_VS_PACKET_PLAIN);
				EXPECT_EQ(p.source(), (Endpoint{client.address, 500}));
				EXPECT_EQ(p.destination(), (Endpoint{server.address, 500}));
				EXPECT_EQ(p.packet.tuple.k.protocol, UDP);
				EXPECT_EQ(p.packet.protocol, protocol);
			}
		}
}

TEST(Packet, AnErrorAboutIpsecToo)
{
	Octets about = ip_packet(50, server.address, client.address, Octets(100));
	Parsed p = parse(icmp_error(3, router, server.address, about, 20));

	EXPECT_EQ(p.kind, IP_VS_PACKET_ERROR);
	EXPECT_EQ(p.source(), (Endpoint{client.address, 500}));
	EXPECT_EQ(p.packet.protocol, 50);
}

// The part of a packet that follows, with AH or ESP at first, by itself and quoted.
TEST(Packet, LaterFragmentsOfIpsecByIPv6)
{
	Octets o = fragment6(8, false), error(48);

	o[40] = 50;
	Parsed p = parse(o, AF_INET6, o.size());
	EXPECT_EQ(p.kind, IP_VS_PACKET_PLAIN);
	EXPECT_EQ(p.packet.transport, 40u);
	error[0] = 0x60;
	error[5] = 8 + o.size();
	error[6] = 58;
	error[40] = 1;
	error.insert(error.end(), o.begin(), o.end());
	p = parse(error, AF_INET6, error.size());
	EXPECT_EQ(p.kind, IP_VS_PACKET_ERROR);
	EXPECT_EQ(p.packet.inner_transport, 88u);
}

TEST(Packet, FragmentsAreToBeReassembled)
{
	for (unsigned int where : {0x2000, 0x2010, 0x0010}) {
		Octets o = datagram(UDP, client, server, {});

		put16(o, 6, where);
		EXPECT_EQ(parse(o).kind, IP_VS_PACKET_FRAGMENT);
		put16(o, 6, 0x4000);	// "don't fragment" is none
		EXPECT_EQ(parse(o).kind, IP_VS_PACKET_PLAIN);
	}
}

TEST(Packet, FragmentsOfIPv6)
{
	for (const Octets &o : {fragment6(0, true), fragment6(8, true), fragment6(8, false)}) {
		EXPECT_EQ(parse(o, AF_INET6, 40).kind, IP_VS_PACKET_FRAGMENT);
		EXPECT_EQ(parse(o, AF_INET6, o.size()).kind, IP_VS_PACKET_FRAGMENT);
	}
}

TEST(Packet, WithoutItsHeaderIsBroken)
{
	for (int protocol : {TCP, UDP}) {
		std::size_t whole = protocol == TCP ? 40 : 28;
		Octets o = datagram(protocol, client, server, {});

		o.resize(whole);
		EXPECT_EQ(parse(o).kind, IP_VS_PACKET_PLAIN);
		for (std::size_t size = whole - 1; size >= 20; size--) {
			o.resize(size);
			EXPECT_EQ(parse(o).kind, IP_VS_PACKET_BROKEN);
		}
	}
}

// The server's answer went wrong on its way to the client: the error travels
// as the client's packets do.
TEST(Packet, AnErrorBelongsToTheConnectionItIsAbout)
{
	Octets about = datagram(TCP, server, client, Octets(100), 4);

	for (int type : {3, 4, 11}) {
		Parsed p = parse(icmp_error(type, router, server.address, about, 32));

		EXPECT_EQ(p.kind, IP_VS_PACKET_ERROR) << type;
		EXPECT_EQ(p.source(), client);
		EXPECT_EQ(p.destination(), server);
		EXPECT_EQ(p.packet.tuple.k.protocol, TCP);
		EXPECT_EQ(p.packet.transport, 20u);
		EXPECT_EQ(p.packet.inner, 28u);
		EXPECT_EQ(p.packet.inner_transport, 52u);
	}
}

TEST(Packet, OtherIcmpIsNotOurs)
{
	Octets about = datagram(TCP, server, client, Octets(100));

	for (int type : {0, 5, 8, 12, 13})
		EXPECT_EQ(parse(icmp_error(type, router, server.address, about, 40)).kind,
			  IP_VS_PACKET_OTHER) << type;
}

TEST(Packet, AnErrorCutShortIsNotOurs)
{
	Octets about = datagram(TCP, server, client, Octets(100));

	EXPECT_EQ(parse(icmp_error(3, router, server.address, about, 24)).kind,
		  IP_VS_PACKET_ERROR);
	for (std::size_t octets = 0; octets < 24; octets++)
		EXPECT_EQ(parse(icmp_error(3, router, server.address, about, octets)).kind,
			  IP_VS_PACKET_STRANGE_ERROR) << octets;
	for (std::size_t size = 20; size < 28; size++) {
		Octets o = icmp_error(3, router, server.address, about, 40);

		o.resize(size);
		EXPECT_EQ(parse(o).kind, IP_VS_PACKET_OTHER) << size;
	}
}

Parsed parse_error_with(std::size_t at, std::uint8_t octet)
{
	Octets about = datagram(TCP, server, client, Octets(100));

	about[at] = octet;
	return parse(icmp_error(3, router, server.address, about, 48));
}

TEST(Packet, AnErrorAboutWhatIsNotOurs)
{
	EXPECT_EQ(parse_error_with(0, 0x45).kind, IP_VS_PACKET_ERROR);
	EXPECT_EQ(parse_error_with(0, 0x65).kind, IP_VS_PACKET_STRANGE_ERROR);	// version
	EXPECT_EQ(parse_error_with(0, 0x44).kind, IP_VS_PACKET_STRANGE_ERROR);	// header length
	EXPECT_EQ(parse_error_with(0, 0x4f).kind, IP_VS_PACKET_STRANGE_ERROR);	// beyond the end
	EXPECT_EQ(parse_error_with(9, 47).kind, IP_VS_PACKET_STRANGE_ERROR);	// protocol
	EXPECT_EQ(parse_error_with(7, 1).kind, IP_VS_PACKET_STRANGE_ERROR);	// a later fragment
	EXPECT_EQ(parse_error_with(6, 0x20).kind, IP_VS_PACKET_ERROR);	// the first one
}

// Whatever the octets are: never beyond them, and never more than one answer.
TEST(Packet, Noise)
{
	std::mt19937 random(2026);

	for (int i = 0; i < 20000; i++) {
		Octets o = noise(random, 20 + random() % 80);
		int words = 5 + random() % 11;

		o[0] = 0x40 | (words * 4 <= int(o.size()) ? words : 5);
		o[9] = std::array{TCP, UDP, ICMP, SCTP, 50}[random() % 5];
		put16(o, 6, random() % 4 ? 0 : random());
		Parsed p = parse(o);
		EXPECT_LE(p.kind, IP_VS_PACKET_BROKEN);
		std::size_t ports = ip_vs_packet_header(p.packet.protocol) ? 4 : 0;
		EXPECT_TRUE(p.kind != IP_VS_PACKET_PLAIN ||
			    p.packet.transport + ports <= o.size());
		EXPECT_TRUE(p.kind != IP_VS_PACKET_ERROR || !ports ||
			    p.packet.inner_transport + ports <= o.size());
	}
}

} // namespace

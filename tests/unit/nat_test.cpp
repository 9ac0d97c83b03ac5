// SPDX-License-Identifier: GPL-2.0-or-later
#include "datagram.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>

#include <memory>

extern "C" {
#include "kernel/nat.h"
}

namespace {

const Endpoint client{0x0a00010a, 40000}, service{0x0a000164, 80}, server{0x0a00020b, 8080};
constexpr std::uint32_t router = 0x0a0002fe;

// A connection by NAT of these three.
class Nat {
public:
	explicit Nat(Endpoint server = ::server)
	{
		ip_vs_key &c = conn_->client.key, &s = conn_->server.key;

		c.family = s.family = AF_INET;
		c.saddr = s.daddr = htonl(client.address);
		c.sport = s.dport = htons(client.port);
		c.daddr = htonl(service.address);
		c.dport = htons(service.port);
		s.saddr = htonl(server.address);
		s.sport = htons(server.port);
		conn_->replies = true;
	}

	bool packet(Octets &o, ip_vs_dir dir) { return apply(ip_vs_nat_packet, o, dir); }
	bool error(Octets &o, ip_vs_dir dir)
	{
		const auto sound_error = [](sk_buff *skb, const ip_vs_packet *p, const ip_vs_conn *c,
					    ip_vs_dir direction) {
			return ip_vs_nat_error_sound(skb, p) && ip_vs_nat_error(skb, p, c, direction);
		};
		return apply(sound_error, o, dir);
	}

	sk_buff skb{};

private:
	template <typename F> bool apply(F function, Octets &o, ip_vs_dir dir)
	{
		ip_vs_packet p{};

		o.shrink_to_fit();
		skb.data = o.data();
		skb.len = skb.headlen = o.size();
		ip_vs_packet_parse(&p, &skb, AF_INET);
		return function(&skb, &p, conn_.get(), dir);
	}

	std::unique_ptr<ip_vs_conn> conn_ = std::make_unique<ip_vs_conn>();
};

class NatOf : public testing::TestWithParam<int> {};

TEST_P(NatOf, RewritesTheServersEndAndTheChecksums)
{
	std::mt19937 random(2026);

	for (int i = 0; i < 2000; i++) {
		Endpoint target{std::uint32_t(random()), std::uint16_t(random())};
		Octets payload = noise(random, random() % 64);
		Octets there = datagram(GetParam(), client, service, payload, random() % 2 * 8);
		Octets back = datagram(GetParam(), target, client, payload);
		Nat nat(target);

		ASSERT_TRUE(nat.packet(there, IP_VS_DIR_CLIENT));
		EXPECT_EQ(source(there), client);
		EXPECT_EQ(destination(there), target);
		EXPECT_EQ(ip_sum(there), 0xffffu);
		EXPECT_EQ(transport_sum(there), 0xffffu);
		ASSERT_TRUE(nat.packet(back, IP_VS_DIR_SERVER));
		EXPECT_EQ(source(back), service);
		EXPECT_EQ(destination(back), client);
		EXPECT_EQ(ip_sum(back), 0xffffu);
		EXPECT_EQ(transport_sum(back), 0xffffu);
	}
}

// The device completes the checksum: what is there is the pseudo header's sum.
TEST_P(NatOf, KeepsAPartialChecksumPartial)
{
	Octets o = datagram(GetParam(), client, service, Octets(100, 0xab));
	Nat nat;

	put16(o, check_of(o), pseudo_sum(o));
	nat.skb.ip_summed = CHECKSUM_PARTIAL;
	ASSERT_TRUE(nat.packet(o, IP_VS_DIR_CLIENT));
	EXPECT_EQ(get16(o, check_of(o)), pseudo_sum(o));
}

TEST_P(NatOf, IsRefusedWithoutMemory)
{
	Octets o = datagram(GetParam(), client, service, {});
	Nat nat;

	nat.skb.no_memory = true;
	EXPECT_FALSE(nat.packet(o, IP_VS_DIR_CLIENT));
	EXPECT_FALSE(nat.packet(o, IP_VS_DIR_SERVER));
}

TEST_P(NatOf, IsRefusedWithoutAWholeHeader)
{
	Octets o = datagram(GetParam(), client, service, {});

	o.pop_back();
	EXPECT_FALSE(Nat().packet(o, IP_VS_DIR_CLIENT));
}

INSTANTIATE_TEST_SUITE_P(Nat, NatOf, testing::Values(TCP, UDP),
			 [](const auto &info) { return info.param == TCP ? "tcp" : "udp"; });

TEST(NatUdp, WithoutAChecksumStaysWithout)
{
	Octets o = datagram(UDP, client, service, {1, 2, 3});

	put16(o, check_of(o), 0);
	ASSERT_TRUE(Nat().packet(o, IP_VS_DIR_CLIENT));
	EXPECT_EQ(destination(o), server);
	EXPECT_EQ(get16(o, check_of(o)), 0u);
}

// A checksum that comes out as zero is sent as all ones: zero says "none".
TEST(NatUdp, AChecksumOfZeroIsSentAsOnes)
{
	int ones = 0;

	for (unsigned int word = 0; word < 0x10000; word++) {
		Octets o = datagram(UDP, client, service, {std::uint8_t(word >> 8), std::uint8_t(word)});

		if (!get16(o, check_of(o)))
			put16(o, check_of(o), 0xffff);
		ASSERT_TRUE(Nat().packet(o, IP_VS_DIR_CLIENT));
		ASSERT_NE(get16(o, check_of(o)), 0u) << word;
		ASSERT_EQ(transport_sum(o), 0xffffu) << word;
		ones += get16(o, check_of(o)) == 0xffff;
	}
	EXPECT_GE(ones, 1);
}

TEST(NatSctp, RewritesTheServersEndAndTheChecksum)
{
	std::mt19937 random(2026);

	for (int i = 0; i < 500; i++) {
		Endpoint target{std::uint32_t(random()), std::uint16_t(random())};
		Octets chunks = noise(random, random() % 300);
		Octets there = sctp_packet(client, service, chunks, random() % 2 * 8);
		Octets back = sctp_packet(target, client, chunks);
		Nat nat(target);

		ASSERT_TRUE(nat.packet(there, IP_VS_DIR_CLIENT));
		EXPECT_EQ(source(there), client);
		EXPECT_EQ(destination(there), target);
		EXPECT_EQ(ip_sum(there), 0xffffu);
		EXPECT_EQ(get32(there, transport_of(there) + 8), sctp_crc(there));
		ASSERT_TRUE(nat.packet(back, IP_VS_DIR_SERVER));
		EXPECT_EQ(source(back), service);
		EXPECT_EQ(destination(back), client);
		EXPECT_EQ(get32(back, 28), sctp_crc(back));
	}
}

// It is no checksum of ours that says the rest is as it was sent.
TEST(NatSctp, WhatWasDamagedStaysDamaged)
{
	Octets o = sctp_packet(client, service, Octets(100, 7));

	o.back() ^= 4;
	ASSERT_TRUE(Nat().packet(o, IP_VS_DIR_CLIENT));
	EXPECT_NE(get32(o, 28), sctp_crc(o));
	o.back() ^= 4;
	EXPECT_EQ(get32(o, 28), sctp_crc(o));
}

TEST(NatSctp, AnUnchangedPortLeavesTheChecksum)
{
	Octets o = sctp_packet(client, service, Octets(40));
	Nat nat(Endpoint{server.address, service.port});

	nat.skb.ip_summed = CHECKSUM_COMPLETE;
	ASSERT_TRUE(nat.packet(o, IP_VS_DIR_CLIENT));
	EXPECT_EQ(get32(o, 28), sctp_crc(o));
	EXPECT_EQ(nat.skb.ip_summed, CHECKSUM_COMPLETE);
}

// What the device has summed counts no more; what it has judged does.
TEST(NatSctp, WhatTheDeviceSaidOfTheChecksum)
{
	for (int said : {CHECKSUM_NONE, CHECKSUM_UNNECESSARY, CHECKSUM_COMPLETE}) {
		Octets o = sctp_packet(client, service, Octets(40));
		Nat nat;

		nat.skb.ip_summed = said;
		ASSERT_TRUE(nat.packet(o, IP_VS_DIR_CLIENT));
		EXPECT_EQ(get32(o, 28), sctp_crc(o));
		EXPECT_EQ(nat.skb.ip_summed, said == CHECKSUM_COMPLETE ? CHECKSUM_NONE : said);
	}
}

// The device sums it, whole or segment by segment, as it leaves.
TEST(NatSctp, WhatIsStillToBeSummedIsLeft)
{
	for (bool segments : {false, true}) {
		Octets o = sctp_packet(client, service, Octets(40));
		std::uint32_t before = get32(o, 28);
		Nat nat;

		nat.skb.ip_summed = segments ? CHECKSUM_NONE : CHECKSUM_PARTIAL;
		nat.skb.gso = segments;
		ASSERT_TRUE(nat.packet(o, IP_VS_DIR_CLIENT));
		EXPECT_EQ(destination(o), server);
		EXPECT_EQ(get32(o, 28), before);
		EXPECT_EQ(nat.skb.ip_summed, segments ? CHECKSUM_NONE : CHECKSUM_PARTIAL);
	}
}

TEST(NatSctp, IsRefusedWithoutAWholeHeaderOrMemory)
{
	Octets o = sctp_packet(client, service, {});
	Nat nat;

	nat.skb.no_memory = true;
	EXPECT_FALSE(nat.packet(o, IP_VS_DIR_CLIENT));
	o.pop_back();
	EXPECT_FALSE(Nat().packet(o, IP_VS_DIR_CLIENT));
}

unsigned int icmp_sum(const Octets &o)
{
	return ones_sum(o, transport_of(o), o.size());
}

// The path to the client is broken: a router tells the virtual service, which
// the packet seemed to come from; the server must recognise its own.
TEST(NatError, TowardsTheServer)
{
	for (int protocol : {TCP, UDP}) {
		Octets about = datagram(protocol, service, client, Octets(20));
		Octets o = icmp_error(3, router, service.address, about, 28);

		ASSERT_TRUE(Nat().error(o, IP_VS_DIR_CLIENT));
		EXPECT_EQ(get32(o, 12), router);
		EXPECT_EQ(get32(o, 16), server.address);
		EXPECT_EQ(source(o, 28), server);
		EXPECT_EQ(destination(o, 28), client);
		EXPECT_EQ(ip_sum(o), 0xffffu);
		EXPECT_EQ(ip_sum(o, 28), 0xffffu);
		EXPECT_EQ(icmp_sum(o), 0xffffu);
	}
}

TEST(NatError, TowardsTheClient)
{
	for (int protocol : {TCP, UDP}) {
		Octets about = datagram(protocol, client, server, Octets(21), 8);
		Octets o = icmp_error(11, server.address, client.address, about, about.size());

		ASSERT_TRUE(Nat().error(o, IP_VS_DIR_SERVER));
		EXPECT_EQ(get32(o, 12), service.address);
		EXPECT_EQ(get32(o, 16), client.address);
		EXPECT_EQ(source(o, 28), client);
		EXPECT_EQ(destination(o, 28), service);
		EXPECT_EQ(ip_sum(o), 0xffffu);
		EXPECT_EQ(ip_sum(o, 28), 0xffffu);
		EXPECT_EQ(icmp_sum(o), 0xffffu);
	}
}

// What the device has verified is not summed again.
TEST(NatError, WithAWrongChecksumIsRefused)
{
	Octets about = datagram(TCP, service, client, Octets(20));
	Octets o = icmp_error(3, router, service.address, about, 28);
	Octets verified = o;
	Nat nat;

	o.back() ^= 1;
	EXPECT_FALSE(Nat().error(o, IP_VS_DIR_CLIENT));
	verified.back() ^= 1;
	nat.skb.ip_summed = CHECKSUM_UNNECESSARY;
	EXPECT_TRUE(nat.error(verified, IP_VS_DIR_CLIENT));
	EXPECT_EQ(icmp_sum(verified), 0xffffu);
}

TEST(NatError, IsRefusedWithoutMemory)
{
	Octets about = datagram(TCP, service, client, Octets(20));
	Octets o = icmp_error(3, router, service.address, about, 28);
	Nat nat;

	nat.skb.no_memory = true;
	EXPECT_FALSE(nat.error(o, IP_VS_DIR_CLIENT));
}

} // namespace

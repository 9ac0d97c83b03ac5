// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <set>
#include <string>

extern "C" {
#include "kernel/addr.h"
#include "kernel/addr_filter.h"
#include "kernel/tuple.h"
}

namespace {

nf_inet_addr address(const char *text)
{
	nf_inet_addr a;

	std::memset(&a, 0x5a, sizeof(a));	// what nobody may look at
	EXPECT_TRUE(inet_pton(AF_INET, text, &a.ip) == 1 ||
		    inet_pton(AF_INET6, text, &a.in6) == 1) << text;
	return a;
}

std::string text(int family, const nf_inet_addr &a)
{
	char buf[INET6_ADDRSTRLEN];
	return inet_ntop(family, &a, buf, sizeof(buf));
}

bool zero_behind_ipv4(const nf_inet_addr &a)
{
	return !(a.all[1] | a.all[2] | a.all[3]);
}

std::string masked(int family, const char *from, __be32 mask)
{
	nf_inet_addr a = address(from), b = address("255.255.255.255");

	ip_vs_addr_mask(family, &b, &a, mask);
	EXPECT_TRUE(family != AF_INET || zero_behind_ipv4(b));
	return text(family, b);
}

ip_vs_tuple tuple(int family, const char *src, int sport, const char *dst, int dport)
{
	nf_inet_addr s = address(src), d = address(dst);
	ip_vs_tuple t{};

	ip_vs_tuple_set(&t, family, &s, &d);
	t.k.protocol = 6;
	t.k.sport = htons(sport);
	t.k.dport = htons(dport);
	return t;
}

TEST(Addr, ComparesAsFarAsTheFamilyGoes)
{
	nf_inet_addr a = address("10.0.0.1"), b = address("10.0.0.1");

	b.all[3] ^= 1;
	EXPECT_TRUE(ip_vs_addr_equal(AF_INET, &a, &b));
	EXPECT_FALSE(ip_vs_addr_equal(AF_INET6, &a, &b));
	b.ip ^= htonl(1);
	EXPECT_FALSE(ip_vs_addr_equal(AF_INET, &a, &b));
	a = address("2001:db8::1");
	b = address("2001:db8::1");
	EXPECT_TRUE(ip_vs_addr_equal(AF_INET6, &a, &b));
}

TEST(Addr, ACopyIsZeroBehindTheAddress)
{
	nf_inet_addr from = address("192.0.2.7"), to = address("::ff");

	ip_vs_addr_copy(AF_INET, &to, &from);
	EXPECT_EQ(text(AF_INET, to), "192.0.2.7");
	EXPECT_TRUE(zero_behind_ipv4(to));
	from = address("2001:db8::7");
	ip_vs_addr_copy(AF_INET6, &to, &from);
	EXPECT_EQ(text(AF_INET6, to), "2001:db8::7");
}

TEST(Addr, TheMaskKeepsTheNetwork)
{
	EXPECT_EQ(masked(AF_INET, "192.0.2.200", htonl(0xffffffff)), "192.0.2.200");
	EXPECT_EQ(masked(AF_INET, "192.0.2.200", htonl(0xffffff80)), "192.0.2.128");
	EXPECT_EQ(masked(AF_INET, "192.0.2.200", 0), "0.0.0.0");
	EXPECT_EQ(masked(AF_INET6, "2001:db8:ffff::1", 128), "2001:db8:ffff::1");
	EXPECT_EQ(masked(AF_INET6, "2001:db8:ffff::1", 33), "2001:db8:8000::");
	EXPECT_EQ(masked(AF_INET6, "2001:db8:ffff::1", 1), "::");
}

TEST(Tuple, HasItsAddressesWhereTheFamilyKeepsThem)
{
	ip_vs_tuple four = tuple(AF_INET, "10.0.0.1", 1, "10.0.0.2", 2);
	ip_vs_tuple six = tuple(AF_INET6, "2001:db8::1", 1, "2001:db8::2", 2);

	EXPECT_EQ(text(AF_INET, *ip_vs_tuple_src(&four)), "10.0.0.1");
	EXPECT_EQ(text(AF_INET, *ip_vs_tuple_dst(&four)), "10.0.0.2");
	EXPECT_EQ(text(AF_INET6, *ip_vs_tuple_src(&six)), "2001:db8::1");
	EXPECT_EQ(text(AF_INET6, *ip_vs_tuple_dst(&six)), "2001:db8::2");
	EXPECT_EQ(four.k.saddr, inet_addr("10.0.0.1"));
	EXPECT_EQ(six.k.pair, 0u);
}

class Inversion : public testing::TestWithParam<ip_vs_tuple> {};

TEST_P(Inversion, IsTheAnswerAndItsOwnInverse)
{
	ip_vs_tuple there = GetParam(), back{}, again{};

	ip_vs_tuple_invert(&back, &there);
	EXPECT_EQ(back.k.family, there.k.family);
	EXPECT_EQ(back.k.protocol, there.k.protocol);
	EXPECT_EQ(back.k.sport, there.k.dport);
	EXPECT_EQ(back.k.dport, there.k.sport);
	EXPECT_TRUE(ip_vs_addr_equal(there.k.family, ip_vs_tuple_src(&back),
				     ip_vs_tuple_dst(&there)));
	EXPECT_TRUE(ip_vs_addr_equal(there.k.family, ip_vs_tuple_dst(&back),
				     ip_vs_tuple_src(&there)));
	ip_vs_tuple_invert(&again, &back);
	EXPECT_EQ(std::memcmp(&again, &there, sizeof(there)), 0);
}

INSTANTIATE_TEST_SUITE_P(Tuple, Inversion, testing::Values(
	tuple(AF_INET, "10.0.0.1", 40000, "10.0.0.2", 80),
	tuple(AF_INET6, "2001:db8::1", 40000, "2001:db8::2", 80)));

// Every field of a key but its direction, each changed by one bit.
const std::pair<const char *, void (*)(ip_vs_key &)> changes[] = {
	{"family", [](ip_vs_key &k) { k.family ^= 1; }},
	{"protocol", [](ip_vs_key &k) { k.protocol ^= 0x80; }},
	{"kind", [](ip_vs_key &k) { k.kind ^= 1; }},
	{"sport", [](ip_vs_key &k) { k.sport ^= 0x8000; }},
	{"dport", [](ip_vs_key &k) { k.dport ^= 1; }},
	{"saddr", [](ip_vs_key &k) { k.saddr ^= 0x80000000; }},
	{"daddr", [](ip_vs_key &k) { k.daddr ^= 1; }},
};

TEST(Key, EachFieldDecidesButTheDirection)
{
	ip_vs_tuple t = tuple(AF_INET, "10.0.0.1", 40000, "10.0.0.2", 80);
	ip_vs_key other = t.k;

	for (int dir : {0, 1, 0xff}) {
		other.dir = dir;
		EXPECT_TRUE(ip_vs_key_equal(&t.k, &other));
	}
	for (auto [name, change] : changes) {
		ip_vs_key changed = t.k;

		change(changed);
		EXPECT_FALSE(ip_vs_key_equal(&t.k, &changed)) << name;
	}
}

TEST(Key, EachFieldIsHashedButTheDirection)
{
	ip_vs_tuple t = tuple(AF_INET, "10.0.0.1", 40000, "10.0.0.2", 80);
	hsiphash_key_t secret{{1, 2}}, another{{1, 3}};
	u32 hash = ip_vs_key_hash(&t.k, &secret);
	ip_vs_key other = t.k;

	other.dir = 1;
	EXPECT_EQ(ip_vs_key_hash(&other, &secret), hash);
	EXPECT_NE(ip_vs_key_hash(&t.k, &another), hash);
	for (auto [name, change] : changes) {
		ip_vs_key changed = t.k;

		change(changed);
		EXPECT_NE(ip_vs_key_hash(&changed, &secret), hash) << name;
	}
}

TEST(Key, OfSixEachFieldIsHashedButTheDirection)
{
	const ip_vs_tuple t = tuple(AF_INET6, "fd00::1", 40000, "fd00::2", 80);
	ip_vs_key k = t.k;
	const u32 hash = ip_vs_key_hash6(&k, &t.saddr6, &t.daddr6);

	k.dir = 1;
	EXPECT_EQ(ip_vs_key_hash6(&k, &t.saddr6, &t.daddr6), hash);
	EXPECT_NE(ip_vs_key_hash6(&k, &t.daddr6, &t.saddr6), hash);
	for (unsigned octet = 0; octet < 16; octet++) {
		in6_addr other = t.saddr6;

		other.s6_addr[octet] ^= 0x10;
		EXPECT_NE(ip_vs_key_hash6(&k, &other, &t.daddr6), hash) << octet;
		EXPECT_FALSE(ip_vs_key_equal(&k, &t.k)) << octet;
	}
	k.sport ^= 1;
	EXPECT_NE(ip_vs_key_hash6(&k, &t.saddr6, &t.daddr6), hash);
}

// Who has many addresses and all ports cannot fill a bucket: neither octet makes up for
// the other, whatever side he is on.
TEST(Key, OfSixNoPortMakesUpForAnAddress)
{
	const ip_vs_tuple t = tuple(AF_INET6, "fd00::1", 40000, "fd00::2", 80);
	ip_vs_key k = t.k;
	const u32 hash = ip_vs_key_hash6(&k, &t.saddr6, &t.daddr6);

	for (unsigned octet = 0; octet < 16; octet++) {
		for (__be16 *port : {&k.sport, &k.dport}) {
			for (unsigned half : {0, 1}) {
				in6_addr from = t.saddr6, to = t.daddr6;

				from.s6_addr[octet] ^= 0x10;
				to.s6_addr[octet] ^= 0x10;
				k = t.k;
				reinterpret_cast<u8 *>(port)[half] ^= 0x10;
				EXPECT_NE(ip_vs_key_hash6(&k, &from, &t.daddr6), hash) << octet;
				EXPECT_NE(ip_vs_key_hash6(&k, &t.saddr6, &to), hash) << octet;
			}
		}
	}
}

TEST(Key, HasNoPadding)
{
	EXPECT_EQ(sizeof(ip_vs_key), 16u);
	EXPECT_EQ(sizeof(ip_vs_svc_key), sizeof(nf_inet_addr) + 4 + 2 + 1 + 1);
}

// Each address that was put in is there, whatever its family; of others hardly any.
TEST(AddrFilter, ForgetsNoneAndKnowsFewOthers)
{
	ip_vs_addr_filter filter{};
	const auto nth = [](unsigned int number) {
		nf_inet_addr a{};
		a.all[0] = htonl(0x0a000000 + number);
		return a;
	};
	const auto six = address("fd00::1:2");
	int others = 0;

	EXPECT_FALSE(ip_vs_addr_filter_has(&filter, AF_INET6, &six));
	ip_vs_addr_filter_add(&filter, AF_INET6, &six);
	for (unsigned int i = 0; i < 200; i++) {
		const auto a = nth(i);
		ip_vs_addr_filter_add(&filter, AF_INET, &a);
	}
	for (unsigned int i = 0; i < 200; i++) {
		const auto a = nth(i), other = nth(1000 + i);
		EXPECT_TRUE(ip_vs_addr_filter_has(&filter, AF_INET, &a)) << i;
		others += ip_vs_addr_filter_has(&filter, AF_INET, &other);
	}
	EXPECT_TRUE(ip_vs_addr_filter_has(&filter, AF_INET6, &six));
	EXPECT_LT(others, 30);
}

// What an address of IPv4 does not have nobody looks at.
TEST(AddrFilter, LooksAtWhatTheFamilyHas)
{
	ip_vs_addr_filter filter{};
	nf_inet_addr a{}, same = address("10.0.0.1");

	a.ip = same.ip;
	ip_vs_addr_filter_add(&filter, AF_INET, &a);
	EXPECT_TRUE(ip_vs_addr_filter_has(&filter, AF_INET, &same));
}

// Of 256 services in a row: the most that share a place in a table of 256, which takes
// the lowest bits.
template<typename Key>
int crowd(unsigned int seed, Key key)
{
	std::map<unsigned int, int> places;
	int most = 0;

	for (unsigned int i = 0; i < 256; i++) {
		const ip_vs_svc_key k = key(i);
		most = std::max(most, ++places[ip_vs_svc_key_hash(&k, seed) % 256]);
	}
	return most;
}

ip_vs_svc_key service(std::uint32_t addr, int port)
{
	ip_vs_svc_key k{};

	k.family = AF_INET;
	k.protocol = 6;
	k.addr.ip = htonl(addr);
	k.port = htons(port);
	return k;
}

TEST(SvcKey, ServicesInARowAreSpread)
{
	for (unsigned int seed : {0u, 1u, 0x12345678u, 0xdeadbeefu}) {
		for (int shift : {0, 4, 8, 16, 24})
			EXPECT_LE(crowd(seed, [&](unsigned int i) {
				return service(0x0a600001 ^ i << shift, 443);
			}), 10) << "addresses, " << shift << ", seed " << seed;
		EXPECT_LE(crowd(seed, [](unsigned int i) {
			return service(0x0a600001, 8000 + i);
		}), 10) << "ports, seed " << seed;
		EXPECT_LE(crowd(seed, [](unsigned int i) {
			ip_vs_svc_key k{};
			k.family = AF_INET;
			k.fwmark = 1 + i;
			return k;
		}), 10) << "marks, seed " << seed;
		EXPECT_LE(crowd(seed, [](unsigned int i) {
			ip_vs_svc_key k = service(0, 443);
			k.family = AF_INET6;
			k.addr.all[0] = htonl(0xfd000000);
			k.addr.all[3] = htonl(i);
			return k;
		}), 10) << "IPv6, seed " << seed;
	}
}

} // namespace

// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <arpa/inet.h>

#include <memory>
#include <tuple>

extern "C" {
#include "kernel/conn.h"
#include <linux/slab.h>
}

namespace {

const nf_inet_addr client4{.ip = 0x0a01000a}, virtual4{.ip = 0x64010a0a}, real4{.ip = 0x0b02000a};

nf_inet_addr six(int last)
{
	nf_inet_addr a{};

	a.in6.s6_addr[0] = 0x20;
	a.in6.s6_addr[15] = last;
	return a;
}

ip_vs_tuple tuple(int family, int kind = IP_VS_TUPLE_PACKET)
{
	nf_inet_addr from = family == AF_INET ? client4 : six(1);
	nf_inet_addr to = family == AF_INET ? virtual4 : six(2);
	ip_vs_tuple t{};

	ip_vs_tuple_set(&t, family, &from, &to);
	t.k.protocol = 6;
	t.k.kind = kind;
	t.k.sport = htons(40000);
	t.k.dport = htons(80);
	ip_vs_tuple_seal(&t);
	return t;
}

struct Drop {
	void operator()(ip_vs_conn *c) const { ip_vs_conn_drop(c); }
};

using Conn = std::unique_ptr<ip_vs_conn, Drop>;

class Conns : public testing::Test {
protected:
	Conns()
	{
		EXPECT_EQ(ip_vs_conn_caches_init(), 0);
		dest.family = AF_INET;
	}
	~Conns() override { ip_vs_conn_caches_exit(); }

	Conn make(const ip_vs_tuple &t, u32 flags)
	{
		ip_vs_conn_spec spec{};

		spec.client = &t;
		spec.daddr = t.k.family == AF_INET ? real4 : six(3);
		spec.dport = htons(8080);
		spec.flags = flags;
		spec.dest = &dest;
		return Conn(ip_vs_conn_new(&spec));
	}

	auto counts() const
	{
		return std::tuple(atomic_read(&dest.active), atomic_read(&dest.total),
				  atomic_read(&dest.persist));
	}

	void activate(const Conn &c, bool active)
	{
		spin_lock_bh(&c->lock);
		ip_vs_conn_set_active(c.get(), active);
		spin_unlock_bh(&c->lock);
	}

	ip_vs_dest dest{};
	ip_vs_tuple four = tuple(AF_INET);
	ip_vs_tuple template4 = tuple(AF_INET, IP_VS_TUPLE_TEMPLATE);
};

// What the real server's answer looks like when it comes to the table.
ip_vs_tuple answer(const nf_inet_addr &from, int port, const ip_vs_tuple &request)
{
	ip_vs_tuple t{};

	ip_vs_tuple_set(&t, request.k.family, &from, ip_vs_tuple_src(&request));
	t.k.protocol = request.k.protocol;
	t.k.sport = htons(port);
	t.k.dport = request.k.sport;
	ip_vs_tuple_seal(&t);
	return t;
}

void expect_same(const ip_vs_conn &c, ip_vs_dir dir, const ip_vs_tuple &packet)
{
	ip_vs_tuple stored{};

	ip_vs_conn_tuple(&c, dir, &stored);
	EXPECT_EQ(stored.k.dir, dir);
	EXPECT_TRUE(ip_vs_key_equal(&stored.k, &packet.k));
	EXPECT_EQ(stored.hash, packet.hash);
	EXPECT_TRUE(ip_vs_addr_equal(packet.k.family, ip_vs_tuple_src(&stored),
				     ip_vs_tuple_src(&packet)));
	EXPECT_TRUE(ip_vs_addr_equal(packet.k.family, ip_vs_tuple_dst(&stored),
				     ip_vs_tuple_dst(&packet)));
}

TEST_F(Conns, ByNatBothDirectionsAreIndexed)
{
	for (int family : {AF_INET, AF_INET6}) {
		ip_vs_tuple t = tuple(family);
		nf_inet_addr real = family == AF_INET ? real4 : six(3);
		dest.family = family;
		Conn c = make(t, IP_VS_CONN_F_MASQ);

		EXPECT_TRUE(c->replies);
		expect_same(*c, IP_VS_DIR_CLIENT, t);
		expect_same(*c, IP_VS_DIR_SERVER, answer(real, 8080, t));
	}
}

TEST_F(Conns, ALocalServerAnswersFromTheVirtualAddress)
{
	dest.flags = 1UL << IP_VS_DEST_LOCAL;
	Conn c = make(four, IP_VS_CONN_F_DROUTE);

	EXPECT_TRUE(c->replies);
	expect_same(*c, IP_VS_DIR_SERVER, answer(virtual4, 8080, four));
}

TEST_F(Conns, NobodyElsesAnswersPassHere)
{
	EXPECT_FALSE(make(four, IP_VS_CONN_F_DROUTE)->replies);
	EXPECT_FALSE(make(four, IP_VS_CONN_F_TUNNEL)->replies);
	EXPECT_FALSE(make(template4, IP_VS_CONN_F_MASQ)->replies);
}

TEST_F(Conns, ATunnelMayLeadIntoTheOtherFamily)
{
	dest.family = AF_INET6;
	dest.addr = six(9);
	Conn c = make(four, IP_VS_CONN_F_TUNNEL);

	EXPECT_EQ(ip_vs_conn_family(c.get()), AF_INET);
	EXPECT_EQ(ip_vs_conn_dfamily(c.get()), AF_INET6);
	EXPECT_TRUE(ip_vs_addr_equal(AF_INET6, ip_vs_conn_daddr(c.get()), &dest.addr));
}

TEST_F(Conns, IsCountedAtItsServer)
{
	Conn one = make(four, IP_VS_CONN_F_MASQ);
	Conn two = make(four, IP_VS_CONN_F_MASQ | IP_VS_CONN_F_INACTIVE);
	Conn three = make(template4, IP_VS_CONN_F_MASQ);

	EXPECT_EQ(counts(), std::tuple(1, 2, 1));
	activate(one, true);
	EXPECT_EQ(counts(), std::tuple(1, 2, 1));
	activate(one, false);
	activate(one, false);
	EXPECT_EQ(counts(), std::tuple(0, 2, 1));
	activate(two, true);
	activate(three, false);
	EXPECT_EQ(counts(), std::tuple(1, 2, 1));
	one.reset();
	two.reset();
	three.reset();
	EXPECT_EQ(counts(), std::tuple(0, 0, 0));
}

TEST_F(Conns, ADeadOneIsCountedNoMore)
{
	Conn c = make(four, IP_VS_CONN_F_MASQ);

	ip_vs_conn_release(c.get());
	atomic_set(&c->n_control, IP_VS_CONN_DEAD);
	activate(c, false);
	EXPECT_EQ(counts(), std::tuple(0, 0, 0));
	RCU_INIT_POINTER(c->dest, nullptr);
	EXPECT_FALSE(ip_vs_conn_bind(c.get(), &dest));
	EXPECT_EQ(counts(), std::tuple(0, 0, 0));
}

TEST_F(Conns, IsBoundOnce)
{
	Conn c = make(four, IP_VS_CONN_F_MASQ);
	ip_vs_dest other{};

	EXPECT_FALSE(ip_vs_conn_bind(c.get(), &other));
	ip_vs_conn_release(c.get());
	RCU_INIT_POINTER(c->dest, nullptr);
	EXPECT_TRUE(ip_vs_conn_bind(c.get(), &other));
	EXPECT_EQ(atomic_read(&other.total), 1);
	EXPECT_EQ(counts(), std::tuple(0, 0, 0));
	EXPECT_FALSE(ip_vs_conn_bind(c.get(), &dest));
}

TEST_F(Conns, ChildrenKeepTheirTemplate)
{
	Conn parent = make(template4, IP_VS_CONN_F_MASQ);
	Conn one = make(four, IP_VS_CONN_F_MASQ), two = make(four, IP_VS_CONN_F_MASQ);

	EXPECT_TRUE(ip_vs_conn_control(one.get(), parent.get()));
	EXPECT_TRUE(ip_vs_conn_control(two.get(), parent.get()));
	EXPECT_EQ(atomic_read(&parent->n_control), 2);
	one.reset();
	EXPECT_EQ(atomic_read(&parent->n_control), 1);
	ip_vs_conn_uncontrol(two.get());
	ip_vs_conn_uncontrol(two.get());
	EXPECT_EQ(atomic_read(&parent->n_control), 0);
	atomic_set(&parent->n_control, IP_VS_CONN_DEAD);
	EXPECT_FALSE(ip_vs_conn_control(two.get(), parent.get()));
	EXPECT_EQ(two->control, nullptr);
}

TEST_F(Conns, TimeRunsFromTheLastPacket)
{
	Conn c = make(four, IP_VS_CONN_F_MASQ);

	jiffies = 0x1fffffff0;		// the 32 bits that are kept wrap around
	c->timeout = 100;
	ip_vs_conn_touch(c.get());
	EXPECT_EQ(ip_vs_conn_left(c.get()), 100u);
	jiffies += 60;
	EXPECT_EQ(ip_vs_conn_left(c.get()), 40u);
	jiffies += 40;
	EXPECT_EQ(ip_vs_conn_left(c.get()), 0u);
	jiffies += 1000;
	EXPECT_EQ(ip_vs_conn_left(c.get()), 0u);
	ip_vs_conn_touch(c.get());
	EXPECT_EQ(ip_vs_conn_left(c.get()), 100u);
	jiffies--;	// a packet has come on a CPU that has seen the next tick
	EXPECT_EQ(ip_vs_conn_left(c.get()), 100u);
}

TEST_F(Conns, WithoutMemory)
{
	shim_memory = 0;
	EXPECT_EQ(make(four, IP_VS_CONN_F_MASQ), nullptr);
	shim_memory = -1;
	EXPECT_EQ(counts(), std::tuple(0, 0, 0));
}

// What an engine found is copied: the packet it was found in goes.
TEST_F(Conns, ATemplateKeepsWhatAnEngineFound)
{
	u8 data[] = {'o', 'n', 'e'};
	ip_vs_pe_key key{"sip", data, sizeof(data)};
	ip_vs_tuple t = template4, read{};

	ip_vs_tuple_seal_pe(&t, &key);
	EXPECT_NE(t.hash, template4.hash);
	Conn c = make(t, IP_VS_CONN_F_MASQ), other = make(template4, IP_VS_CONN_F_MASQ);
	data[0] = 'X';
	EXPECT_TRUE(ip_vs_conn_is_template(c.get()));
	EXPECT_FALSE(ip_vs_pe_key_equal(ip_vs_conn_pe(c.get()), &key));
	data[0] = 'o';
	EXPECT_TRUE(ip_vs_pe_key_equal(ip_vs_conn_pe(c.get()), &key));
	EXPECT_EQ(ip_vs_conn_pe(other.get()), nullptr);
	ip_vs_conn_tuple(c.get(), IP_VS_DIR_CLIENT, &read);
	EXPECT_EQ(read.pe, ip_vs_conn_pe(c.get()));
	EXPECT_EQ(read.hash, t.hash);
	for (ip_vs_pe_key unlike : {ip_vs_pe_key{"sip", data, 2}, ip_vs_pe_key{"pis", data, 3}})
		EXPECT_FALSE(ip_vs_pe_key_equal(&unlike, &key));
	for (int n : {0, 1}) {
		shim_memory = n;
		EXPECT_EQ(make(t, IP_VS_CONN_F_MASQ), nullptr);
	}
	shim_memory = -1;
	EXPECT_EQ(std::get<2>(counts()), 2);
}

// The design's bound, index included: an IPv4 connection by NAT.
TEST(Conn, IsSmall)
{
	EXPECT_LE(sizeof(ip_vs_conn), 192u);
}

TEST(ConnCaches, WithoutMemory)
{
	for (int n : {0, 1}) {
		shim_memory = n;
		EXPECT_EQ(ip_vs_conn_caches_init(), -ENOMEM);
	}
	shim_memory = -1;
}

} // namespace

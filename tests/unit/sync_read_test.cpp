// SPDX-License-Identifier: GPL-2.0-or-later
// The bytes of the sync protocol, as they are read. Every message lies in memory
// of exactly its length, so that the sanitizer sees an octet read too far.
#include <random>

#include "sync_messages.h"

using namespace unit;

namespace {

struct Step {
	ip_vs_sync_step step;
	unsigned int why;
	ip_vs_sync_conn conn;
	std::string pe_name;
	Bytes pe_data;
};

struct Outcome {
	unsigned int refused = 0;
	std::vector<Step> steps;

	std::string summary() const
	{
		std::string text;
		for (const auto &s : steps)
			text += s.step == IP_VS_SYNC_CONN ? 'c' :
				s.step == IP_VS_SYNC_SKIP ? 's' : 'x';
		return text;
	}
};

Step taken(ip_vs_sync_step step, const ip_vs_sync_reader &r, const ip_vs_sync_conn &c)
{
	Step s{step, r.why, c, {}, {}};
	if (step != IP_VS_SYNC_CONN)
		return s;
	s.pe_name.assign(c.pe_name, c.pe_name_len);
	s.pe_data.assign(c.pe_data, c.pe_data + c.pe_data_len);
	return s;
}

// Reads a copy that lies at the end of its memory, @shift octets off alignment.
Outcome read(const Bytes &message, u32 syncid = 0, size_t shift = 1)
{
	std::unique_ptr<u8[]> memory(new u8[message.size() + shift]);
	u8 *data = memory.get() + shift;
	std::copy(message.begin(), message.end(), data);
	ip_vs_sync_reader r;
	Outcome o;
	o.refused = ip_vs_sync_open(&r, syncid, data, message.size());
	if (o.refused)
		return o;
	for (;;) {
		ip_vs_sync_conn c;
		const auto step = ip_vs_sync_next(&r, &c);
		if (step == IP_VS_SYNC_END)
			return o;
		o.steps.push_back(taken(step, r, c));
		EXPECT_LE(r.at, r.len);
		EXPECT_LE(o.steps.size(), 255u);
	}
}

void expect_same(const ip_vs_sync_conn &a, const ip_vs_sync_conn &b)
{
	EXPECT_EQ(a.family, b.family);
	EXPECT_EQ(a.protocol, b.protocol);
	EXPECT_EQ(a.flags, b.flags);
	EXPECT_EQ(a.state, b.state);
	EXPECT_EQ(a.fwmark, b.fwmark);
	EXPECT_EQ(a.timeout, b.timeout);
	EXPECT_EQ(a.cport, b.cport);
	EXPECT_EQ(a.vport, b.vport);
	EXPECT_EQ(a.dport, b.dport);
	EXPECT_EQ(std::memcmp(&a.caddr, &b.caddr, 16), 0);
	EXPECT_EQ(std::memcmp(&a.vaddr, &b.vaddr, 16), 0);
	EXPECT_EQ(std::memcmp(&a.daddr, &b.daddr, 16), 0);
	EXPECT_EQ(a.has_seq, b.has_seq);
	EXPECT_EQ(std::memcmp(&a.in_seq, &b.in_seq, sizeof(a.in_seq)), 0);
	EXPECT_EQ(std::memcmp(&a.out_seq, &b.out_seq, sizeof(a.out_seq)), 0);
	EXPECT_EQ(std::string(a.pe_name, a.pe_name_len), std::string(b.pe_name, b.pe_name_len));
	EXPECT_EQ(Bytes(a.pe_data, a.pe_data + a.pe_data_len),
		  Bytes(b.pe_data, b.pe_data + b.pe_data_len));
}

// The only connection of a message that has the option bytes @options.
Outcome read_options(const std::string &options)
{
	Bytes conn = hex(tcp4_v1) + hex(options);
	conn[3] = u8(conn.size());
	return read(v1(1, conn));
}

void expect_stop(const Outcome &o, unsigned int why)
{
	ASSERT_EQ(o.refused, 0u);
	ASSERT_EQ(o.summary(), "x");
	EXPECT_EQ(o.steps[0].why, why);
}

void expect_skip(const Outcome &o, unsigned int why)
{
	ASSERT_EQ(o.refused, 0u);
	ASSERT_EQ(o.summary(), "s");
	EXPECT_EQ(o.steps[0].why, why);
}

// ---- reading: the message

TEST(SyncOpen, ShorterThanAHeader)
{
	for (u8 len = 0; len < 4; len++) {
		Bytes message{0, 0, 0, len};
		message.resize(len);
		EXPECT_EQ(read(message).refused, unsigned{IPVS_SYNC_CNT_RX_BAD_LEN});
	}
}

TEST(SyncOpen, SizeMustBeTheDatagrams)
{
	for (Bytes message : {v1(1, hex(tcp4_v1)), v0(1, hex(tcp4_v0))}) {
		EXPECT_EQ(read(message).summary(), "c");
		message.push_back(0);
		EXPECT_EQ(read(message).refused, unsigned{IPVS_SYNC_CNT_RX_BAD_SIZE});
		message.resize(message.size() - 2);
		EXPECT_EQ(read(message).refused, unsigned{IPVS_SYNC_CNT_RX_BAD_SIZE});
		message.push_back(message.back());
		message[2] ^= 1;
		EXPECT_EQ(read(message).refused, unsigned{IPVS_SYNC_CNT_RX_BAD_SIZE});
	}
}

TEST(SyncOpen, SyncId)
{
	const Bytes message = v1(1, hex(tcp4_v1), 5);
	EXPECT_EQ(read(message, 0).refused, 0u);
	EXPECT_EQ(read(message, 5).refused, 0u);
	EXPECT_EQ(read(message, 6).refused, unsigned{IPVS_SYNC_CNT_RX_BAD_SYNCID});
	EXPECT_EQ(read(message, 256 + 5).refused, unsigned{IPVS_SYNC_CNT_RX_BAD_SYNCID});
}

TEST(SyncOpen, UnknownVersion)
{
	Bytes message = v1(1, hex(tcp4_v1));
	for (int version = 0; version < 256; version++) {
		message[5] = u8(version);
		EXPECT_EQ(read(message).refused,
			  version == 1 ? 0u : unsigned{IPVS_SYNC_CNT_RX_BAD_VERSION});
	}
	message[5] = 1;
	message[7] = 1;
	EXPECT_EQ(read(message).refused, unsigned{IPVS_SYNC_CNT_RX_BAD_VERSION});
}

// Four to seven octets: never the header of version 1, whatever lies behind.
TEST(SyncOpen, ShortDatagramsAreVersion0)
{
	for (u8 len = 4; len < 8; len++) {
		Bytes message{0, 5, 0, len, 1, 1, 0};
		message.resize(len);
		EXPECT_EQ(read(message).refused, 0u);
		EXPECT_EQ(read(message).summary(), "");
		message[0] = 1;
		expect_stop(read(message), IPVS_SYNC_CNT_RX_BAD_CONN);
	}
}

// ---- reading: connections

TEST(SyncRead, Version1)
{
	const auto o = read(v1(3, hex(tcp4_v1) + hex(template6_v1) + hex(tcp4_v1)), 5);
	ASSERT_EQ(o.summary(), "ccc");
	expect_same(o.steps[0].conn, tcp4());
	expect_same(o.steps[1].conn, template6());
	expect_same(o.steps[2].conn, tcp4());
}

TEST(SyncRead, Version0)
{
	const auto o = read(v0(2, hex(tcp4_v0) + hex(tcp4_v0)), 5);
	auto expected = tcp4();
	expected.fwmark = expected.timeout = 0;
	ASSERT_EQ(o.summary(), "cc");
	expect_same(o.steps[0].conn, expected);
	expect_same(o.steps[1].conn, expected);
}

TEST(SyncRead, OptionsAndPadding)
{
	const auto o = read(v1(2, hex(tcp4_seq_v1) + hex("ffff") + hex(tcp4_v1)));
	ASSERT_EQ(o.summary(), "cc");
	expect_same(o.steps[0].conn, with_seq(tcp4()));
	expect_same(o.steps[1].conn, tcp4());

	const auto pe = read(v1(1, hex(tcp4_pe_v1)));
	ASSERT_EQ(pe.summary(), "c");
	EXPECT_EQ(pe.steps[0].pe_name, "sip");
	EXPECT_EQ(pe.steps[0].pe_data, hex("6964406831"));
}

TEST(SyncRead, AnyAlignment)
{
	const Bytes message = v1(2, hex(tcp4_seq_v1) + hex("0000") + hex(template6_v1));
	for (size_t shift = 0; shift < 16; shift++) {
		const auto o = read(message, 0, shift);
		ASSERT_EQ(o.summary(), "cc");
		expect_same(o.steps[1].conn, template6());
	}
}

// Cut anywhere, with a header that tells the truth about the length: what is
// whole is read, the rest is refused, nothing behind the end is looked at.
TEST(SyncRead, CutAnywhere)
{
	const Bytes whole = v1(3, hex(tcp4_seq_v1) + hex("0000") + hex(template6_v1) + hex(tcp4_v1));
	for (size_t len = 8; len < whole.size(); len++) {
		Bytes message(whole.begin(), whole.begin() + len);
		message[2] = u8(len >> 8);
		message[3] = u8(len);
		const auto o = read(message);
		const size_t conns = (len >= 70) + (len >= 144);
		ASSERT_EQ(o.summary(), std::string(conns, 'c') + "x") << len;
		EXPECT_EQ(o.steps.back().why, unsigned{IPVS_SYNC_CNT_RX_BAD_CONN});
	}
}

TEST(SyncRead, CutAnywhereVersion0)
{
	const Bytes whole = written(0, {with_seq(tcp4()), tcp4()});
	for (size_t len = 4; len < whole.size(); len++) {
		Bytes message(whole.begin(), whole.begin() + len);
		message[3] = u8(len);
		const auto o = read(message);
		ASSERT_EQ(o.summary(), std::string(len >= 52, 'c') + "x") << len;
		EXPECT_EQ(o.steps.back().why, unsigned{IPVS_SYNC_CNT_RX_BAD_CONN});
	}
}

TEST(SyncRead, AsManyAsTheCounterHolds)
{
	for (u8 version : {0, 1})
		EXPECT_EQ(read(written(version, std::vector(255, tcp4()))).summary(),
			  std::string(255, 'c'));
}

TEST(SyncRead, CountThatLies)
{
	for (int count = 0; count < 256; count++) {
		const std::string expected = count == 0 ? "" : count == 1 ? "c" :
					     count == 2 ? "cc" : "ccx";
		EXPECT_EQ(read(v1(u8(count), hex(tcp4_v1) + hex(tcp4_v1))).summary(), expected);
	}
	EXPECT_EQ(read(v0(3, hex(tcp4_v0) + hex(tcp4_v0))).summary(), "ccx");
	EXPECT_EQ(read(v0(1, hex(tcp4_v0) + hex(tcp4_v0))).summary(), "c");
}

// Every size a connection may claim, in front of another one.
TEST(SyncRead, ConnectionSizeThatLies)
{
	for (u32 size = 0; size < 4096; size++) {
		Bytes conn = hex(tcp4_v1);
		conn[2] = u8(size >> 8);
		conn[3] = u8(size);
		const auto o = read(v1(2, conn + hex(tcp4_v1)));
		if (size == 36) {
			EXPECT_EQ(o.summary(), "cc");
			continue;
		}
		// up to the end of the datagram it swallows the neighbour, whose
		// bytes make bad options
		ASSERT_FALSE(o.steps.empty());
		EXPECT_NE(o.steps[0].step, IP_VS_SYNC_CONN) << size;
		if (size < 36 || size > 72)
			expect_stop(o, IPVS_SYNC_CNT_RX_BAD_CONN);
		else
			EXPECT_EQ(o.steps[0].why, unsigned{IPVS_SYNC_CNT_RX_BAD_OPT});
	}
}

TEST(SyncRead, ConnectionVersionAndType)
{
	for (int nibble = 1; nibble < 16; nibble++) {
		Bytes conn = hex(tcp4_v1);
		conn[2] = u8(nibble << 4);
		expect_stop(read(v1(1, conn)), IPVS_SYNC_CNT_RX_BAD_VERSION);
	}
	for (int type = 2; type < 256; type += 2) {
		Bytes conn = hex(tcp4_v1);
		conn[0] = u8(type);
		expect_stop(read(v1(1, conn)), IPVS_SYNC_CNT_RX_BAD_CONN);
	}
	Bytes six = hex(template6_v1);
	six[0] = 2;
	expect_stop(read(v1(1, six)), IPVS_SYNC_CNT_RX_BAD_CONN);
	six[0] = 3;
	EXPECT_EQ(read(v1(1, six)).summary(), "c");
	// says IPv6, has the length of IPv4
	Bytes four = hex(tcp4_v1);
	four[0] = 1;
	expect_stop(read(v1(1, four)), IPVS_SYNC_CNT_RX_BAD_CONN);
}

TEST(SyncRead, FlagsThatNoEntryHas)
{
	for (u16 bad : {0x1800, 0x2000, 0x0005, 0x0006, 0x0007}) {
		Bytes one = hex(tcp4_v1), zero = hex(tcp4_v0);
		one[6] = zero[20] = u8(bad >> 8);
		one[7] = zero[21] = u8(bad);
		expect_skip(read(v1(1, one)), IPVS_SYNC_CNT_RX_BAD_FLAGS);
		expect_skip(read(v0(1, zero)), IPVS_SYNC_CNT_RX_BAD_FLAGS);
		EXPECT_EQ(read(v1(2, one + hex(tcp4_v1))).summary(), "sc");
		EXPECT_EQ(read(v0(2, zero + hex(tcp4_v0))).summary(), "sc");
	}
	for (u16 good : {0x0800, 0x1000, 0x0004, 0x0183}) {
		Bytes one = hex(tcp4_v1);
		one[6] = u8(good >> 8);
		one[7] = u8(good);
		EXPECT_EQ(read(v1(1, one)).summary(), "c") << good;
	}
}

TEST(SyncRead, HashedIsNotBelieved)
{
	Bytes one = hex(tcp4_v1), zero = hex(tcp4_v0);
	one[7] = zero[21] = 0x43;
	EXPECT_EQ(read(v1(1, one)).steps.at(0).conn.flags, 3u);
	EXPECT_EQ(read(v0(1, zero)).steps.at(0).conn.flags, 3u);
}

// ---- reading: options

TEST(SyncOptions, SyntaxErrorsEndTheMessage)
{
	const std::string seq = "01 18 11121314 21222324 31323334 41424344 51525354 61626364";
	for (const std::string &bad : {
		     std::string("02"),			// no length
		     std::string("02 00"),		// nothing in it
		     std::string("42 00"),		// even where ignorable
		     std::string("02 03 6161"),		// longer than the rest
		     std::string("7f 03 6161"),
		     std::string("01 17") + seq.substr(5, 49),	// wrong length
		     std::string("01 19") + seq.substr(5) + "00",
		     seq + seq,				// twice
		     std::string("02 01 61 02 01 61"),
		     std::string("03 01 61 03 01 61"),
		     std::string("03 11 6161616161616161616161616161616161") })
		expect_stop(read_options(bad), IPVS_SYNC_CNT_RX_BAD_OPT);
}

TEST(SyncOptions, UnknownOnes)
{
	expect_skip(read_options("04 01 61"), IPVS_SYNC_CNT_RX_BAD_OPT);
	expect_skip(read_options("81 01 61"), IPVS_SYNC_CNT_RX_BAD_OPT);
	EXPECT_EQ(read_options("44 01 61").summary(), "c");
	EXPECT_EQ(read_options("40 01 61").summary(), "c");
	EXPECT_EQ(read_options("7f 02 6161 44 01 61").summary(), "c");
}

// A known one is known with the bit as well.
TEST(SyncOptions, KnownAndIgnorable)
{
	const auto o = read_options("43 03 736970 42 01 61");
	ASSERT_EQ(o.summary(), "c");
	EXPECT_EQ(o.steps[0].pe_name, "sip");
	EXPECT_EQ(o.steps[0].pe_data, hex("61"));
	expect_stop(read_options("43 01 61 03 01 61"), IPVS_SYNC_CNT_RX_BAD_OPT);
}

TEST(SyncOptions, EngineDataNeedsItsName)
{
	expect_skip(read_options("02 01 61"), IPVS_SYNC_CNT_RX_BAD_OPT);
	EXPECT_EQ(read_options("03 10 61616161616161616161616161616161").summary(), "c");
}

TEST(SyncOptions, SkippedConnectionsKeepTheirPadding)
{
	Bytes conn = hex(tcp4_v1) + hex("04 01 61");
	conn[3] = 39;
	EXPECT_EQ(read(v1(2, conn + hex("00") + hex(tcp4_v1))).summary(), "sc");
	conn = hex(tcp4_v1) + hex("02 00");
	conn[3] = 38;
	EXPECT_EQ(read(v1(2, conn + hex("0000") + hex(tcp4_v1))).summary(), "x");
}

// ---- both

ip_vs_sync_conn random_conn(std::mt19937 &random, bool six)
{
	ip_vs_sync_conn c = six ? template6() : tcp4();
	for (auto *a : {&c.caddr, &c.vaddr, &c.daddr})
		for (int i = 0; i < (six ? 16 : 4); i++)
			reinterpret_cast<u8 *>(a)[i] = u8(random());
	c.flags = random() % 5 | (random() & (IP_VS_CONN_F_SYNC | IP_VS_CONN_F_NOOUTPUT |
					      IP_VS_CONN_F_INACTIVE | IP_VS_CONN_F_TEMPLATE));
	c.state = u16(random());
	c.protocol = u8(random());
	c.cport = u16(random());
	c.vport = u16(random());
	c.dport = u16(random());
	c.fwmark = u32(random());
	c.timeout = u32(random());
	if (random() % 2)
		c = with_seq(c);
	if (random() % 2)
		c = with_pe(c);
	return c;
}

TEST(SyncRoundTrip, Version1)
{
	std::mt19937 random(1);
	for (int round = 0; round < 200; round++) {
		std::vector<ip_vs_sync_conn> conns;
		for (u32 n = random() % 20; n > 0; n--)
			conns.push_back(random_conn(random, random() % 2));
		const auto o = read(written(1, conns), 5);
		ASSERT_EQ(o.summary(), std::string(conns.size(), 'c'));
		for (size_t i = 0; i < conns.size(); i++) {
			EXPECT_EQ(o.steps[i].pe_data.size(), conns[i].pe_data_len);
			auto got = o.steps[i].conn;
			got.pe_name = o.steps[i].pe_name.data();
			got.pe_data = o.steps[i].pe_data.data();
			expect_same(got, conns[i]);
		}
	}
}

TEST(SyncRoundTrip, Version0)
{
	std::mt19937 random(2);
	for (int round = 0; round < 200; round++) {
		auto c = random_conn(random, false);
		c.fwmark = c.timeout = 0;
		c.pe_name_len = c.pe_data_len = 0;
		const auto o = read(written(0, {c, c}), 5);
		ASSERT_EQ(o.summary(), "cc");
		expect_same(o.steps[1].conn, c);
	}
}

// Whatever octets come: the sanitizers watch, and the walk ends.
TEST(SyncRead, Noise)
{
	std::mt19937 random(3);
	const Bytes whole = v1(4, hex(tcp4_seq_v1) + hex("0000") + hex(template6_v1) +
				  hex(tcp4_pe_v1) + hex(tcp4_v1));
	size_t conns = 0, others = 0;
	for (int round = 0; round < 50000; round++) {
		Bytes message(whole.begin(), whole.end() - random() % 40);
		for (u32 n = random() % 8; n > 0; n--)
			message[8 + random() % (message.size() - 8)] = u8(random());
		message[2] = u8(message.size() >> 8);
		message[3] = u8(message.size());
		if (random() % 4 == 0)
			message[0] = u8(random());
		for (const auto &s : read(message).steps)
			++(s.step == IP_VS_SYNC_CONN ? conns : others);
	}
	EXPECT_GT(conns, 10000u);
	EXPECT_GT(others, 10000u);
}

} // namespace

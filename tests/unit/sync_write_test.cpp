// SPDX-License-Identifier: GPL-2.0-or-later
// The bytes of the sync protocol, as they are written.
#include <array>

#include "sync_messages.h"

using namespace unit;

namespace {

TEST(SyncWrite, Version1)
{
	EXPECT_EQ(written(1, {tcp4()}), v1(1, hex(tcp4_v1)));
	EXPECT_EQ(written(1, {template6()}), v1(1, hex(template6_v1)));
	EXPECT_EQ(written(1, {tcp4(), template6(), tcp4()}),
		  v1(3, hex(tcp4_v1) + hex(template6_v1) + hex(tcp4_v1)));
	EXPECT_EQ(written(1, {}), hex("00 05 0008 00 01 0000"));
}

TEST(SyncWrite, Version0)
{
	EXPECT_EQ(written(0, {tcp4()}), v0(1, hex(tcp4_v0)));
	EXPECT_EQ(written(0, {tcp4(), tcp4()}), hex("02 05 0034") + hex(tcp4_v0) + hex(tcp4_v0));
	EXPECT_EQ(written(0, {}), hex("00 05 0004"));
}

TEST(SyncWrite, SequenceNumbersOfVersion0HaveHostOrder)
{
	const u32 words[] = {0x11121314, 0x21222324, 0x31323334,
			     0x41424344, 0x51525354, 0x61626364};
	const u8 *raw = reinterpret_cast<const u8 *>(words);
	Bytes conn = hex(tcp4_v0);
	conn[20] = 0x06;
	EXPECT_EQ(written(0, {with_seq(tcp4())}), v0(1, conn + Bytes(raw, raw + sizeof(words))));
}

TEST(SyncWrite, OptionsAndPaddingBeforeTheNext)
{
	EXPECT_EQ(written(1, {with_seq(tcp4())}), v1(1, hex(tcp4_seq_v1)));
	EXPECT_EQ(written(1, {with_seq(tcp4()), tcp4()}),
		  v1(2, hex(tcp4_seq_v1) + hex("0000") + hex(tcp4_v1)));
	EXPECT_EQ(written(1, {with_pe(tcp4())}), v1(1, hex(tcp4_pe_v1)));
}

TEST(SyncWrite, AllOptionsInOrder)
{
	const Bytes message = written(1, {with_pe(with_seq(template6()))});
	const Bytes options = hex("01 18 11121314 21222324 31323334 41424344 51525354 61626364"
				  "02 05 6964406831  03 03 736970");
	ASSERT_EQ(message.size(), 8 + 72 + options.size());
	EXPECT_EQ(Bytes(message.begin() + 80, message.end()), options);
	EXPECT_EQ(message[8 + 3], 72 + options.size());
}

TEST(SyncWrite, HashedNeverTravels)
{
	auto c = tcp4();
	c.flags = IP_VS_CONN_F_HASHED | IP_VS_CONN_F_NFCT | IP_VS_CONN_F_SYNC;
	const Bytes one = written(1, {c}), zero = written(0, {c});
	EXPECT_EQ(Bytes(one.begin() + 12, one.begin() + 16), hex("00010020"));
	EXPECT_EQ(Bytes(zero.begin() + 24, zero.begin() + 26), hex("0020"));
}

TEST(SyncWrite, SizesAreWhatIsWritten)
{
	for (const auto &c : {tcp4(), template6(), with_seq(tcp4()), with_pe(template6())})
		EXPECT_EQ(ip_vs_sync_conn_size(1, &c), written(1, {c}).size() - 8);
	for (const auto &c : {tcp4(), with_seq(tcp4())})
		EXPECT_EQ(ip_vs_sync_conn_size(0, &c), written(0, {c}).size() - 4);
}

TEST(SyncWrite, WhatAVersionCannotCarry)
{
	std::array<u8, 200> buf;
	ip_vs_sync_writer w;
	const auto six = template6();
	ip_vs_sync_begin(&w, 0, 5, buf.data(), buf.size());
	EXPECT_EQ(ip_vs_sync_append(&w, &six), -EAFNOSUPPORT);
	EXPECT_EQ(ip_vs_sync_finish(&w), 4u);

	auto c = with_pe(tcp4());
	c.pe_name_len = 17;
	ip_vs_sync_begin(&w, 1, 5, buf.data(), buf.size());
	EXPECT_EQ(ip_vs_sync_append(&w, &c), -EAFNOSUPPORT);
	EXPECT_EQ(ip_vs_sync_finish(&w), 8u);
}

// The second of two connections needs two octets of padding.
TEST(SyncWrite, EndsWithTheBuffer)
{
	const auto first = with_seq(tcp4()), second = tcp4();
	const u32 size = 8 + 62 + 2 + 36;
	for (u32 max = size - 3; max <= size; max++) {
		std::unique_ptr<u8[]> buf(new u8[max]);
		ip_vs_sync_writer w;
		ip_vs_sync_begin(&w, 1, 5, buf.get(), max);
		ASSERT_EQ(ip_vs_sync_append(&w, &first), 0);
		EXPECT_EQ(ip_vs_sync_append(&w, &second), max == size ? 0 : -EMSGSIZE);
		EXPECT_EQ(ip_vs_sync_finish(&w), max == size ? size : 70);
		EXPECT_EQ(buf[4], max == size ? 2 : 1);
	}
}

TEST(SyncWrite, NoMoreThanTheCounterHolds)
{
	for (u8 version : {0, 1}) {
		Bytes buf(65535);
		ip_vs_sync_writer w;
		const auto c = tcp4();
		ip_vs_sync_begin(&w, version, 5, buf.data(), buf.size());
		for (int i = 0; i < 255; i++)
			ASSERT_EQ(ip_vs_sync_append(&w, &c), 0);
		EXPECT_EQ(ip_vs_sync_append(&w, &c), -EMSGSIZE);
		buf.resize(ip_vs_sync_finish(&w));
		EXPECT_EQ(buf.size(), version ? 8 + 255 * 36u : 4 + 255 * 24u);
		EXPECT_EQ(buf[version ? 4 : 0], 255);
	}
}

} // namespace

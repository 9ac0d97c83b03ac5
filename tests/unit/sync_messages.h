// SPDX-License-Identifier: GPL-2.0-or-later
#ifndef UNIT_SYNC_MESSAGES_H
#define UNIT_SYNC_MESSAGES_H

// Messages of the connections in sync_conns.h, written out by hand field by
// field, and written by the codec.

#include <gtest/gtest.h>

#include <memory>

#include "sync_conns.h"

namespace unit {

inline const std::string tcp4_v1 = R"(
	00 06 0024  00000000
	0001 9c40 0050 1f90
	00000007 00000384
	0a00010a 0a000164 0a00020b)";
inline const std::string tcp4_v0 = R"(
	00 06 9c40 0050 1f90
	0a00010a 0a000164 0a00020b
	0000 0001)";
inline const std::string template6_v1 = R"(
	01 11 0048  00001083
	0000 0000 0035 0035
	00000000 00000168
	20010db8 00000000 00000000 00000001
	20010db8 00000000 00000000 00000002
	fd000000 00000000 00000000 00000003)";
inline const std::string tcp4_seq_v1 = R"(
	00 06 003e  00000600
	0001 9c40 0050 1f90
	00000007 00000384
	0a00010a 0a000164 0a00020b
	01 18 11121314 21222324 31323334 41424344 51525354 61626364)";
inline const std::string tcp4_pe_v1 = R"(
	00 06 0030  00000000
	0001 9c40 0050 1f90
	00000007 00000384
	0a00010a 0a000164 0a00020b
	02 05 6964406831
	03 03 736970)";

// A version 1 message of these connections, headers made here.
inline Bytes v1(u8 count, const Bytes &conns, u8 syncid = 5)
{
	const size_t size = 8 + conns.size();
	return Bytes{0, syncid, u8(size >> 8), u8(size), count, 1, 0, 0} + conns;
}

inline Bytes v0(u8 count, const Bytes &conns, u8 syncid = 5)
{
	const size_t size = 4 + conns.size();
	return Bytes{count, syncid, u8(size >> 8), u8(size)} + conns;
}

inline Bytes written(u8 version, const std::vector<ip_vs_sync_conn> &conns, u32 max = 65535)
{
	std::unique_ptr<u8[]> memory(new u8[max + 1]);
	ip_vs_sync_writer w;
	// an odd address
	ip_vs_sync_begin(&w, version, 5, memory.get() + 1, max);
	for (const auto &c : conns)
		EXPECT_EQ(ip_vs_sync_append(&w, &c), 0);
	const u32 len = ip_vs_sync_finish(&w);
	return Bytes(memory.get() + 1, memory.get() + 1 + len);
}

} // namespace unit

#endif

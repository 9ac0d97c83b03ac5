// SPDX-License-Identifier: GPL-2.0-or-later
// The messages of other directors. The input is a datagram. Nothing beyond it is
// read, and what has been accepted can be written and comes back the same.
// executions: 400000
#include <algorithm>
#include <cstring>
#include <vector>

#include "../require.h"

extern "C" {
#include "kernel/sync_wire.h"
}

namespace {

using Bytes = std::vector<u8>;

bool within(const void *p, u32 len, const Bytes &message)
{
	const u8 *at = static_cast<const u8 *>(p);

	return !len || (at >= message.data() && at + len <= message.data() + message.size());
}

bool same_address(const union nf_inet_addr &a, const union nf_inet_addr &b, u8 family)
{
	return !std::memcmp(&a, &b, family == AF_INET6 ? 16 : 4);
}

bool same(const ip_vs_sync_conn &a, const ip_vs_sync_conn &b)
{
	return a.family == b.family && a.protocol == b.protocol && a.flags == b.flags &&
	       a.state == b.state && a.fwmark == b.fwmark && a.timeout == b.timeout &&
	       a.cport == b.cport && a.vport == b.vport && a.dport == b.dport &&
	       same_address(a.caddr, b.caddr, a.family) &&
	       same_address(a.vaddr, b.vaddr, a.family) &&
	       same_address(a.daddr, b.daddr, a.family) &&
	       !std::memcmp(&a.in_seq, &b.in_seq, sizeof(a.in_seq)) &&
	       !std::memcmp(&a.out_seq, &b.out_seq, sizeof(a.out_seq)) &&
	       std::equal(a.pe_name, a.pe_name + a.pe_name_len, b.pe_name, b.pe_name + b.pe_name_len) &&
	       std::equal(a.pe_data, a.pe_data + a.pe_data_len, b.pe_data, b.pe_data + b.pe_data_len);
}

// Sequence numbers are written if the flags say so, and read if they are there.
void settle_seq(ip_vs_sync_conn &c)
{
	if (c.has_seq && !(c.flags & IP_VS_CONN_F_SEQ_MASK)) {
		c.in_seq = {};
		c.out_seq = {};
	}
}

void come_back(const ip_vs_sync_conn &read, u8 version)
{
	ip_vs_sync_conn c = read, again;
	ip_vs_sync_writer w;
	ip_vs_sync_reader r;
	Bytes buf(2048);

	settle_seq(c);
	ip_vs_sync_begin(&w, version, 9, buf.data(), buf.size());
	require(!ip_vs_sync_append(&w, &c), "what was read can be written");
	buf.resize(ip_vs_sync_finish(&w));
	buf.shrink_to_fit();
	require(!ip_vs_sync_open(&r, 9, buf.data(), buf.size()), "a written message is accepted");
	require(ip_vs_sync_next(&r, &again) == IP_VS_SYNC_CONN, "a written connection is accepted");
	require(same(c, again), "a connection comes back as it was written");
	require(ip_vs_sync_next(&r, &again) == IP_VS_SYNC_END, "there is but one");
}

void check_conn(const ip_vs_sync_conn &c, const ip_vs_sync_reader &r, const Bytes &message)
{
	require(c.family == AF_INET || c.family == AF_INET6, "the family is known");
	require(!(c.flags & IP_VS_CONN_F_HASHED), "it is in nobody's table");
	require(c.pe_name_len <= IP_VS_PENAME_MAXLEN, "a name is short");
	require(within(c.pe_name, c.pe_name_len, message), "the name is of the message");
	require(within(c.pe_data, c.pe_data_len, message), "the data is of the message");
	come_back(c, r.version);
}

void read(const Bytes &message)
{
	ip_vs_sync_reader r;
	ip_vs_sync_step step;
	ip_vs_sync_conn c;
	unsigned int steps = 0;

	if (unsigned int why = ip_vs_sync_open(&r, 0, message.data(), message.size())) {
		require(why < __IPVS_SYNC_CNT_MAX, "a refusal has a counter");
		return;
	}
	while ((step = ip_vs_sync_next(&r, &c)) != IP_VS_SYNC_END) {
		require(++steps <= IP_VS_SYNC_COUNT_MAX, "a message ends");
		require(r.at <= r.len, "the reader stays within");
		if (step == IP_VS_SYNC_CONN)
			check_conn(c, r, message);
		else
			require(r.why && r.why < __IPVS_SYNC_CNT_MAX, "a refusal has a counter");
	}
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	Bytes message(data, data + size);

	read(message);
	if (size < 4 || size > 0xffff)
		return 0;
	message[2] = size >> 8;
	message[3] = size;
	read(message);
	return 0;
}

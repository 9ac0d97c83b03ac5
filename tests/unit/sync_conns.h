// SPDX-License-Identifier: GPL-2.0-or-later
#ifndef UNIT_SYNC_CONNS_H
#define UNIT_SYNC_CONNS_H

// Connections as the sync protocol tells of them, and bytes written in digits.

#include <cctype>
#include <cstring>
#include <string>
#include <vector>

extern "C" {
#include "kernel/sync_wire.h"
}

namespace unit {

using Bytes = std::vector<u8>;

inline Bytes hex(const std::string &text)
{
	Bytes bytes;
	std::string digits;
	for (char c : text)
		if (!isspace(static_cast<unsigned char>(c)))
			digits += c;
	for (size_t i = 0; i + 1 < digits.size(); i += 2)
		bytes.push_back(std::stoul(digits.substr(i, 2), nullptr, 16));
	return bytes;
}

inline Bytes operator+(Bytes a, const Bytes &b)
{
	a.insert(a.end(), b.begin(), b.end());
	return a;
}

inline __be16 port(u16 n)
{
	return __cpu_to_be16(n);
}

inline void address(union nf_inet_addr &to, const std::string &text)
{
	Bytes bytes = hex(text);
	std::memset(&to, 0, sizeof(to));
	std::memcpy(&to, bytes.data(), bytes.size());
}

// 10.0.1.10:40000 -> 10.0.1.100:80 -> 10.0.2.11:8080, established, by NAT.
inline ip_vs_sync_conn tcp4()
{
	ip_vs_sync_conn c{};
	c.family = AF_INET;
	c.protocol = 6;
	c.cport = port(40000);
	c.vport = port(80);
	c.dport = port(8080);
	address(c.caddr, "0a00010a");
	address(c.vaddr, "0a000164");
	address(c.daddr, "0a00020b");
	c.state = 1;
	c.fwmark = 7;
	c.timeout = 900;
	return c;
}

// A template of direct routing.
inline ip_vs_sync_conn template6()
{
	ip_vs_sync_conn c{};
	c.family = AF_INET6;
	c.protocol = 17;
	c.vport = port(53);
	c.dport = port(53);
	address(c.caddr, "20010db8 00000000 00000000 00000001");
	address(c.vaddr, "20010db8 00000000 00000000 00000002");
	address(c.daddr, "fd000000 00000000 00000000 00000003");
	c.flags = IP_VS_CONN_F_DROUTE | IP_VS_CONN_F_NOOUTPUT | IP_VS_CONN_F_TEMPLATE;
	c.timeout = 360;
	return c;
}

inline ip_vs_sync_conn with_seq(ip_vs_sync_conn c)
{
	c.flags |= IP_VS_CONN_F_IN_SEQ | IP_VS_CONN_F_OUT_SEQ;
	c.has_seq = true;
	c.in_seq = {0x11121314, 0x21222324, 0x31323334};
	c.out_seq = {0x41424344, 0x51525354, 0x61626364};
	return c;
}

inline ip_vs_sync_conn with_pe(ip_vs_sync_conn c)
{
	static const char name[] = {'s', 'i', 'p'};
	static const u8 data[] = {'i', 'd', '@', 'h', '1'};
	c.pe_name = name;
	c.pe_name_len = sizeof(name);
	c.pe_data = data;
	c.pe_data_len = sizeof(data);
	return c;
}

} // namespace unit

#endif

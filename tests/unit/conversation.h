// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
// A connection with its template, and the packets that the state machines see.

#include <cstdint>
#include <memory>
#include <vector>

extern "C" {
#include "kernel/proto.h"
}

// A transport header at an offset, as the kernel would find it in an skb.
class Packet {
public:
	Packet(unsigned int offset, std::vector<std::uint8_t> header)
		: bytes_(offset, 0xee), offset_(offset)
	{
		bytes_.insert(bytes_.end(), header.begin(), header.end());
	}

	static Packet tcp(std::uint8_t flags)
	{
		std::vector<std::uint8_t> header(20);
		header[12] = 5 << 4;
		header[13] = flags;
		return {20, header};
	}

	// @chunks follow each other, each of its type and as long as it can be short.
	static Packet sctp(std::initializer_list<std::uint8_t> chunks)
	{
		std::vector<std::uint8_t> header(12);
		for (const std::uint8_t type : chunks)
			header.insert(header.end(), {type, 0, 0, 4});
		return {20, header};
	}

	static Packet udp() { return {20, std::vector<std::uint8_t>(8)}; }

	Packet cut(std::size_t octets) const
	{
		Packet shorter = *this;
		shorter.bytes_.resize(bytes_.size() - octets);
		return shorter;
	}

	// Only the network header can be read without copying.
	Packet paged() const
	{
		Packet other = *this;
		other.paged_ = true;
		return other;
	}

	sk_buff skb() const
	{
		sk_buff skb{};
		skb.data = const_cast<std::uint8_t *>(bytes_.data());
		skb.len = bytes_.size();
		skb.headlen = paged_ ? offset_ : skb.len;
		return skb;
	}

	unsigned int offset() const { return offset_; }

private:
	std::vector<std::uint8_t> bytes_;
	unsigned int offset_;
	bool paged_ = false;
};

class Conversation {
public:
	explicit Conversation(const ip_vs_proto &proto) : proto_(proto)
	{
		conn.client.key.family = AF_INET;
		conn.client.key.protocol = proto.protocol;
		conn.control = &parent;
		parent.client.key.kind = IP_VS_TUPLE_TEMPLATE;
		ip_vs_timeouts_init(&timeouts);
	}
	Conversation(const Conversation &) = delete;

	Conversation &client(const Packet &p) { return track(p, IP_VS_DIR_CLIENT); }
	Conversation &server(const Packet &p) { return track(p, IP_VS_DIR_SERVER); }

	bool inactive() const { return conn.flags & IP_VS_CONN_F_INACTIVE; }
	bool only_client() const { return conn.flags & IP_VS_CONN_F_NOOUTPUT; }
	bool assured() const { return parent.state == IP_VS_TEMPLATE_ASSURED; }
	unsigned int seconds() const { return conn.timeout / HZ; }

private:
	std::unique_ptr<ip_vs_conn> conn_ = std::make_unique<ip_vs_conn>();
	std::unique_ptr<ip_vs_conn> parent_ = std::make_unique<ip_vs_conn>();

public:
	ip_vs_timeouts timeouts{};
	ip_vs_conn &conn = *conn_;
	ip_vs_conn &parent = *parent_;

private:
	Conversation &track(const Packet &p, ip_vs_dir dir)
	{
		sk_buff skb = p.skb();
		proto_.track(&conn, dir, &skb, p.offset(), &timeouts);
		return *this;
	}

	const ip_vs_proto &proto_;
};

inline ip_vs_first first(const ip_vs_proto &proto, const Packet &p)
{
	sk_buff skb = p.skb();
	return proto.first(&skb, p.offset());
}

inline bool opens(const ip_vs_proto &proto, const Packet &p)
{
	sk_buff skb = p.skb();
	return ip_vs_proto_opens(&proto, &skb, p.offset());
}

// SPDX-License-Identifier: GPL-2.0-or-later
// What routers say of our tunnels' packets. The first octets of the input say how the
// error comes, the rest is what it quotes. Nothing beyond it is read, what is found is
// there, and less of the same packet never means another.
// executions: 400000
#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "../require.h"
#include "tests/unit/datagram.h"

extern "C" {
#include "kernel/tunnel_parse.h"
#include <uapi/linux/ip_vs.h>
}

namespace {

constexpr int ICMP6 = 58, AH = 51, ESP = 50;

// What one family has where the other has it elsewhere.
struct Header {
	std::size_t size, source, destination, address;
};
constexpr Header v4{20, 12, 16, 4}, v6{40, 8, 24, 16};

const Header &header(u8 family)
{
	return family == AF_INET6 ? v6 : v4;
}

struct Plan {
	explicit Plan(const Octets &o) : how(o[0]), octets(o[1]) {}

	u8 family() const { return how & 1 ? AF_INET6 : AF_INET; }
	bool to_us() const { return how & 0xe; }
	std::size_t cut(std::size_t size) const { return size - octets % (size + 1); }

	u8 how, octets;
};

// The error: to where the packet that it quotes comes from.
Octets error(const Plan &plan, const Octets &quoted)
{
	const Header &h = header(plan.family());
	Octets o(h.size + 8);

	o[0] = plan.family() == AF_INET6 ? 0x60 : 0x45;
	o[plan.family() == AF_INET6 ? 6 : 9] = plan.family() == AF_INET6 ? ICMP6 : ICMP;
	if (plan.to_us() && quoted.size() >= h.size)
		std::copy_n(quoted.begin() + h.source, h.address, o.begin() + h.destination);
	o[h.size] = plan.family() == AF_INET6 ? 1 : 3;
	o.insert(o.end(), quoted.begin(), quoted.end());
	return o;
}

// @readable octets of it directly.
std::optional<ip_vs_tunnel_error> parse(Octets o, u8 family, std::size_t readable)
{
	ip_vs_tunnel_error e{};
	ip_vs_packet p{};
	sk_buff skb{};

	o.shrink_to_fit();
	skb.data = o.data();
	skb.len = o.size();
	skb.headlen = readable;
	ip_vs_packet_kind kind = ip_vs_packet_parse(&p, &skb, family);
	if ((kind != IP_VS_PACKET_ERROR && kind != IP_VS_PACKET_STRANGE_ERROR) ||
	    !ip_vs_tunnel_error_parse(&e, &skb, &p))
		return {};
	return e;
}

bool same(const ip_vs_tunnel_error &a, const ip_vs_tunnel_error &b)
{
	return a.transport == b.transport && a.outer == b.outer && a.inner == b.inner &&
	       !std::memcmp(&a.daddr, &b.daddr, header(a.encap.family).address) &&
	       a.encap.type == b.encap.type && a.encap.family == b.encap.family &&
	       a.encap.inner == b.encap.inner && a.encap.port == b.encap.port &&
	       a.tuple.k.sport == b.tuple.k.sport && a.tuple.k.dport == b.tuple.k.dport &&
	       a.tuple.k.protocol == b.tuple.k.protocol;
}

bool is_at(const Octets &o, std::size_t at, const void *address, std::size_t size)
{
	return !std::memcmp(&o[at], address, size);
}

// Where the client's packet is if the shim begins there.
std::size_t behind_shim(const Octets &o, std::size_t shim, u8 type)
{
	switch (type) {
	case IP_VS_CONN_F_TUNNEL_TYPE_GRE:
		return shim + (o.at(shim) & 0x80 ? 8 : 4);
	case IP_VS_CONN_F_TUNNEL_TYPE_GUE:
		return shim + 12 + (o.at(shim + 8) & 31) * 4;
	}
	return shim;
}

void check_tunnel(const Octets &o, const ip_vs_tunnel_error &e)
{
	const Header &outer = header(e.encap.family);
	// Other headers may follow that of IPv6.
	const std::size_t least = e.outer + outer.size;
	const std::size_t shim = e.encap.family == AF_INET ? transport_of(o, e.outer) : least;
	const bool next = e.encap.family == AF_INET ||
			  std::memchr("\4\x11\x29\x2f", o[e.outer + 6], 4);

	require(e.transport == outer.size && e.outer == e.transport + 8, "the error's own headers");
	require(o[e.outer] >> 4 == (e.encap.family == AF_INET ? 4 : 6), "the tunnel's family");
	require(is_at(o, e.outer + outer.source, &o[outer.destination], outer.address),
		"the tunnel's packet is from here");
	require(is_at(o, e.outer + outer.destination, &e.daddr, outer.address), "the other end");
	require(shim >= least && e.inner >= shim, "headers do not overlap");
	require(!next || e.inner == behind_shim(o, shim, e.encap.type), "no octet between headers");
	if (next && e.encap.type == IP_VS_CONN_F_TUNNEL_TYPE_GUE)
		require(get16(o, shim + 2) == ntohs(e.encap.port), "the port of GUE");
}

void check_client(const Octets &o, const ip_vs_tunnel_error &e)
{
	const ip_vs_tuple &t = e.tuple;
	const Header &h = header(e.encap.inner);
	const bool four = e.encap.inner == AF_INET;

	require(e.inner + h.size <= o.size(), "the client's packet has its header");
	require(o[e.inner] >> 4 == (four ? 4 : 6), "the client's family");
	require(t.k.family == e.encap.inner, "the tuple's family");
	require(is_at(o, e.inner + h.source, four ? (void *)&t.k.saddr : (void *)&t.saddr6, h.address),
		"the client");
	require(is_at(o, e.inner + h.destination, four ? (void *)&t.k.daddr : (void *)&t.daddr6,
		      h.address), "the service");
	if (!four || o[e.inner + 9] == AH || o[e.inner + 9] == ESP)
		return;
	require(get16(o, transport_of(o, e.inner)) == ntohs(t.k.sport), "the client's port");
	require(get16(o, transport_of(o, e.inner) + 2) == ntohs(t.k.dport), "the service's port");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	if (size < 2)
		return 0;
	const Plan plan(Octets(data, data + 2));
	const Octets o = error(plan, Octets(data + 2, data + size));
	const Octets less(o.begin(), o.end() - (size - 2 - plan.cut(size - 2)));
	const std::size_t readable = header(plan.family()).size;
	const auto e = parse(o, plan.family(), o.size());

	if (e) {
		check_tunnel(o, *e);
		check_client(o, *e);
	}
	const auto pieces = parse(o, plan.family(), readable);
	require(e.has_value() == pieces.has_value() && (!e || same(*e, *pieces)),
		"a packet in pieces is the same packet");
	const auto cut = parse(less, plan.family(), readable + plan.octets);
	require(!cut || (e && same(*e, *cut)), "less is not another");
	return 0;
}

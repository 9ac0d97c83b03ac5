// SPDX-License-Identifier: GPL-2.0-or-later
// Packets. The input is a packet of IPv4 or IPv6, as long as the stack says; its
// last octets also say what is done with it. Nothing beyond it is read, address
// translation changes what it must and nothing else, and checksums that were
// right stay right.
// executions: 400000
#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "../require.h"
#include "tests/unit/datagram.h"

extern "C" {
#include "kernel/nat.h"
#include "kernel/proto.h"
}

namespace {

constexpr int ICMP6 = 58, SCTP = 132;

// Read from the end of the packet.
struct Plan {
	explicit Plan(const Octets &o)
		: how(*(o.end() - 1)), state(*(o.end() - 2)), port(get16(o, o.size() - 4)),
		  address(o.end() - 20, o.end() - 4)
	{
	}

	u8 ip_summed() const { return how & 3; }
	bool to_server() const { return how & 4; }
	ip_vs_dir dir() const { return to_server() ? IP_VS_DIR_CLIENT : IP_VS_DIR_SERVER; }
	bool no_memory() const { return (how & 0x18) == 0x18; }
	bool paged() const { return how & 0x20; }
	bool as_it_is() const { return how & 0x40; }

	u8 how, state;
	std::uint16_t port;
	Octets address;
};

bool is6(const Octets &o, std::size_t ip = 0)
{
	return o[ip] >> 4 == 6;
}

// Where the address is that the packet in @ip comes from or goes to, and its size.
std::size_t address_at(const Octets &o, std::size_t ip, bool destination)
{
	return is6(o) ? ip + (destination ? 24 : 8) : ip + (destination ? 16 : 12);
}

std::size_t address_size(const Octets &o)
{
	return is6(o) ? 16 : 4;
}

// The sum of what is from @transport on, with the pseudo header's; 0xffff: right.
unsigned int whole_sum(const Octets &o, std::size_t transport, int protocol)
{
	unsigned int sum = 0;

	if (protocol != ICMP)
		sum = ones_sum(o, address_at(o, 0, false), address_at(o, 0, true) + address_size(o),
			       (o.size() - transport + protocol) % 0xffff);
	return ones_sum(o, transport, o.size(), sum);
}

// Where the checksum of a transport header is, or of an ICMP message.
std::size_t check_at(std::size_t transport, int protocol)
{
	return transport + (protocol == TCP ? 16 : protocol == UDP ? 6 : protocol == SCTP ? 8 : 2);
}

std::size_t check_size(int protocol)
{
	return protocol == SCTP ? 4 : 2;
}

// CRC32c of what is from @transport on, as SCTP has it (RFC 9260, appendix A),
// octet by octet in the order in which it is sent.
Octets crc(Octets o, std::size_t transport)
{
	std::uint32_t sum = ~0u;

	std::fill_n(o.begin() + transport + 8, 4, 0);
	for (std::size_t i = transport; i < o.size(); i++) {
		sum ^= o[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0x82f63b78 : 0);
	}
	sum = ~sum;
	return {u8(sum), u8(sum >> 8), u8(sum >> 16), u8(sum >> 24)};
}

bool is_right(const Octets &o, std::size_t transport, int protocol)
{
	if (protocol != SCTP)
		return whole_sum(o, transport, protocol) == 0xffff;
	return Octets(o.begin() + transport + 8, o.begin() + transport + 12) == crc(o, transport);
}

// What the stack has verified before any hook sees a packet.
bool accept(Octets &o)
{
	if (is6(o)) {
		if (o.size() < 40)
			return false;
		put16(o, 4, o.size() - 40);
		return true;
	}
	o[0] = 0x40 | (o[0] & 15);
	if (o.size() < transport_of(o) || transport_of(o) < 20)
		return false;
	put16(o, 2, o.size());
	put16(o, 10, 0);
	put16(o, 10, ~ip_sum(o) & 0xffff);
	return true;
}

// Make the checksum of the transport right, for else hardly one would be.
void seal(Octets &o)
{
	std::size_t transport = is6(o) ? 40 : transport_of(o);
	int protocol = is6(o) ? o[6] : o[9];
	std::size_t check = check_at(transport, protocol);

	if (protocol == SCTP && o.size() >= check + 4) {
		Octets sum = crc(o, transport);
		std::copy(sum.begin(), sum.end(), o.begin() + check);
	}
	if (protocol != TCP && protocol != UDP && protocol != (is6(o) ? ICMP6 : ICMP))
		return;
	if (o.size() < check + 2 || (protocol == UDP && !get16(o, check)))
		return;
	put16(o, check, 0);
	unsigned int sum = ~whole_sum(o, transport, protocol) & 0xffff;
	put16(o, check, sum || protocol != UDP ? sum : 0xffff);
}

struct Free {
	void operator()(ip_vs_conn *c) const { std::free(c); }
};
using Connection = std::unique_ptr<ip_vs_conn, Free>;

// As much memory as a connection of the family has.
Connection connection(const Plan &plan, const ip_vs_packet &p)
{
	const int addresses = p.tuple.k.family == AF_INET6 ? 4 : 0;
	void *memory = std::calloc(1, sizeof(ip_vs_conn) + addresses * sizeof(in6_addr));
	Connection c(static_cast<ip_vs_conn *>(memory));
	ip_vs_key &client = c->client.key, &server = c->server.key;

	client.family = server.family = p.tuple.k.family;
	client.protocol = server.protocol = p.tuple.k.protocol;
	std::memcpy(&client.daddr, plan.address.data(), 4);
	server.saddr = client.daddr;
	client.dport = server.sport = htons(plan.port);
	for (int i = 0; i < addresses; i++)
		std::copy(plan.address.begin(), plan.address.end(), c->addr6[i].s6_addr);
	c->replies = true;
	return c;
}

// The octets of @size from @at on may differ.
void may_change(Octets &now, const Octets &before, std::size_t at, std::size_t size)
{
	std::copy_n(before.begin() + at, size, now.begin() + at);
}

// The endpoint of the packet in @ip, its ports at @ports.
struct End {
	std::size_t ip, ports;
	bool destination;
};

void may_change(Octets &now, const Octets &before, const End &end)
{
	may_change(now, before, address_at(before, end.ip, end.destination), address_size(before));
	if (!is6(before))
		may_change(now, before, end.ip + 10, 2);
	if (end.ports)
		may_change(now, before, end.ports + 2 * end.destination, 2);
}

void is_connection(const Octets &o, const End &end, const Plan &plan)
{
	auto address = o.begin() + address_at(o, end.ip, end.destination);

	require(std::equal(address, address + address_size(o), plan.address.begin()),
		"the address is the connection's");
	require(!end.ports || get16(o, end.ports + 2 * end.destination) == plan.port,
		"the port is the connection's");
}

void check_plain(const Octets &now, const Octets &before, const ip_vs_packet &p, const Plan &plan)
{
	// AH and ESP travel with a connection of UDP, and have no ports.
	const bool ports = ip_vs_packet_header(p.protocol);
	const End end{0, ports ? p.transport : 0, plan.to_server()};
	const int protocol = p.tuple.k.protocol;
	const std::size_t check = check_at(p.transport, protocol);
	Octets rest = now;

	is_connection(now, end, plan);
	may_change(rest, before, end);
	if (ports)
		may_change(rest, before, check, check_size(protocol));
	require(rest == before, "nothing but an endpoint and checksums changes");
	require(is6(now) || ip_sum(now) == 0xffff, "the header's checksum is right");
	if (!ports || plan.ip_summed() == CHECKSUM_PARTIAL)
		return;
	if (protocol == UDP && !get16(before, check))
		require(!get16(now, check), "no checksum stays none");
	else if (is_right(before, p.transport, protocol))
		require(is_right(now, p.transport, protocol), "the checksum stays right");
}

void check_error(const Octets &now, const Octets &before, const ip_vs_packet &p, const Plan &plan)
{
	const bool ports = ip_vs_packet_header(p.protocol);
	const End outer{0, 0, plan.to_server()};
	const End inner{p.inner, ports ? p.inner_transport : 0, !plan.to_server()};
	Octets rest = now;

	is_connection(now, inner, plan);
	may_change(rest, before, outer);
	may_change(rest, before, inner);
	may_change(rest, before, p.transport + 2, 2);
	require(rest == before, "nothing but an endpoint and checksums changes");
	require(whole_sum(now, p.transport, is6(now) ? ICMP6 : ICMP) == 0xffff,
		"the ICMP checksum is right");
	if (is6(now))
		return;
	require(ip_sum(now) == 0xffff, "the header's checksum is right");
	if (ip_sum(before, p.inner) == 0xffff)
		require(ip_sum(now, p.inner) == 0xffff, "the checksum inside stays right");
}

void translate(Octets o, const ip_vs_packet &p, ip_vs_packet_kind kind, const Plan &plan)
{
	const Octets before = o;
	auto c = connection(plan, p);
	sk_buff skb{};

	skb.data = o.data();
	skb.len = skb.headlen = o.size();
	skb.ip_summed = plan.ip_summed();
	skb.no_memory = plan.no_memory();
	if (kind == IP_VS_PACKET_PLAIN && ip_vs_nat_packet(&skb, &p, c.get(), plan.dir()))
		check_plain(o, before, p, plan);
	if (kind == IP_VS_PACKET_ERROR && ip_vs_nat_error_sound(&skb, &p) &&
	    ip_vs_nat_error(&skb, &p, c.get(), plan.dir()))
		check_error(o, before, p, plan);
}

void track(const sk_buff &skb, const ip_vs_packet &p, const Plan &plan)
{
	const ip_vs_proto *proto = ip_vs_proto_of_packet(p.protocol);
	auto c = connection(plan, p);
	ip_vs_timeouts timeouts;

	require(proto, "what is parsed has states");
	ip_vs_timeouts_init(&timeouts);
	c->state = proto->num_states ? plan.state % proto->num_states : 0;
	c->flags = plan.state & 0x80 ? IP_VS_CONN_F_NOOUTPUT : 0;
	require(proto->first(&skb, p.transport) <= IP_VS_FIRST_BROKEN, "an answer");
	ip_vs_proto_opens(proto, &skb, p.transport);
	proto->track(c.get(), plan.dir(), &skb, p.transport, &timeouts);
	require(!c->state || c->state < proto->num_states, "a state stays one");
	require(!c->lock.held, "the lock is given back");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	Octets o(data, data + std::min<std::size_t>(size, 0xffff));
	ip_vs_packet p{};
	sk_buff skb{};

	if (size < 20)
		return 0;
	const Plan plan(o);
	if (!accept(o))
		return 0;
	if (!plan.as_it_is())
		seal(o);
	skb.data = o.data();
	skb.len = o.size();
	skb.headlen = !plan.paged() ? skb.len : is6(o) ? 40 : transport_of(o);
	ip_vs_packet_kind kind = ip_vs_packet_parse(&p, &skb, is6(o) ? AF_INET6 : AF_INET);
	if (kind == IP_VS_PACKET_PLAIN)
		track(skb, p, plan);
	translate(o, p, kind, plan);
	return 0;
}

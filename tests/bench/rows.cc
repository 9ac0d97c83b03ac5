// SPDX-License-Identifier: GPL-2.0-or-later
#include "rows.h"

namespace bench {

namespace {

// What is to be reached, in parts of the in-tree module's cost.
constexpr double aim_established = 0.85, aim_new = 0.7, aim_bystander = 0.3;
constexpr unsigned few = 100, many = 50'000, million = 1'000'000;
constexpr unsigned packets = 10'000, newcomers = 10'000, services = 10'000;

std::vector<Words> service(const std::string &protocol, const std::string &method)
{
	const std::string id = virtual_address + ":80";

	return {{"-A", protocol, id, "-s", "rr"},
		{"-a", protocol, id, "-r", real_server + ":80", method}};
}

std::vector<Burst> handshakes(unsigned flows, bool nat)
{
	std::vector<Burst> result{{requests(Kind::tcp_syn, flows), flows}};

	if (nat)
		result.push_back({answers(Kind::tcp_syn_ack, flows), flows});
	result.push_back({requests(Kind::tcp_ack, flows), flows});
	return result;
}

std::vector<Words> service6(const std::string &method)
{
	const std::string id = "[" + virtual_address6 + "]:80";

	return {{"-A", "-u", id, "-s", "rr"},
		{"-a", "-u", id, "-r", "[" + real_server6 + "]:80", method}};
}

std::string many_services()
{
	std::string lines;

	for (unsigned i = 0; i < services; i++) {
		const std::string id = virtual_address + ":" + std::to_string(10'000 + i);
		lines += "-A -u " + id + " -s rr\n-a -u " + id + " -r " + real_server + " -m\n";
	}
	return lines;
}

// What somebody pays whose packets are none of ours: through the director, and to a
// program on it.
std::vector<Row> bystanders()
{
	const std::string through = "plain forwarding, no service",
			  to = "local delivery, no service";
	const Burst passing{{.destination = real_server}, packets},
		ending{{.destination = director, .destination_port = local_port}, packets};
	const Burst conns{requests(Kind::udp, few), few};

	return {{.name = through, .measured = passing},
		{.name = "forwarding beside one idle service", .setup = service("-u", "-g"),
		 .measured = passing, .above = through, .aim = aim_bystander},
		{.name = "forwarding beside 10000 services", .rules = many_services(),
		 .measured = passing, .above = through, .aim = aim_bystander},
		{.name = "forwarding beside NAT, 100 connections", .setup = service("-u", "-m"),
		 .before = {conns}, .measured = passing, .above = through, .aim = aim_bystander},
		{.name = to, .before = {ending}, .measured = ending, .local = true},
		{.name = "local delivery beside one idle service", .setup = service("-u", "-g"),
		 .before = {ending}, .measured = ending, .local = true, .above = to, .aim = aim_bystander},
		{.name = "local delivery beside 10000 services", .rules = many_services(),
		 .before = {ending}, .measured = ending, .local = true, .above = to, .aim = aim_bystander}};
}

Row established(const std::string &name, const std::string &method, unsigned flows)
{
	Stream stream = requests(Kind::udp, flows);

	return {.name = name + ", " + std::to_string(flows) +
			(flows == 1 ? " connection" : " connections"),
		.setup = service("-u", method), .before = {{stream, flows}},
		.measured = {stream, flows > packets ? flows : packets},
		.steady = flows < many, .told = true, .aim = aim_established};
}

std::vector<Row> udp()
{
	Row nat = established("UDP NAT", "-m", few), reply = nat;

	reply.name = "UDP NAT replies, " + std::to_string(few) + " connections";
	reply.measured = {answers(Kind::udp, few), packets};
	reply.told = false;
	return {established("UDP DR", "-g", 1), established("UDP DR", "-g", few),
		established("UDP DR", "-g", many), nat, established("UDP NAT", "-m", many), reply,
		established("UDP TUN", "-i", few)};
}

// More than there are ports: clients.
Row a_million()
{
	Row row = established("UDP DR", "-g", many);
	const Stream clients = strangers(Kind::udp, million);

	row.name = "UDP DR, 1000000 connections";
	row.before = {{clients, million}};
	row.measured = {clients, packets};
	row.steady = true;
	row.grown_from = "UDP DR, 100 connections";
	return row;
}

Row six(const std::string &name, const std::string &method, bool fresh)
{
	const Stream stream = requests6(fresh ? newcomers : few);

	return {.name = name, .setup = service6(method),
		.before = {{requests6(few), few}},
		.measured = {stream, fresh ? newcomers : packets}, .steady = !fresh,
		.aim = fresh ? aim_new : aim_established};
}

std::vector<Row> ipv6()
{
	Row fresh = six("UDP DR by IPv6, each packet a new connection", "-g", true);

	fresh.measured.stream.source_port = 20'000;
	return {six("UDP DR by IPv6, 100 connections", "-g", false),
		six("UDP NAT by IPv6, 100 connections", "-m", false),
		six("UDP TUN by IPv6, 100 connections", "-i", false), fresh};
}

Row fragments(const std::string &name, const std::string &method)
{
	Row row = established(name, method, few);

	row.name = name + ", fragmented, 100 connections";
	row.measured.stream.kind = Kind::udp_fragments;
	row.frames = 2;
	row.aim = 1;
	row.told = false;
	return row;
}

// Conntrack looks at all packets because of a rule; vs/conntrack is 0.
Row beside_conntrack(const std::string &name, const std::string &method)
{
	Row row = established(name, method, few);

	row.name = name + ", 100 connections, conntrack used by others";
	row.tracked = true;
	row.aim = 1;
	return row;
}

Row newcomer(const std::string &name, const std::string &method, unsigned present)
{
	return {.name = name + ", each packet a new connection, " + std::to_string(present) +
			" present",
		.setup = service("-u", method),
		.before = {{requests(Kind::udp, present), present}},
		.measured = {strangers(Kind::udp, newcomers), newcomers},
		.steady = false, .told = true, .told_at_once = true, .aim = aim_new};
}

// Not pktgen's, of which each would be cloned and copied besides.
Row from_device(Row row)
{
	row.name += ", from a device";
	row.measured.stream.kind = Kind::udp_from_device;
	row.told = row.told_at_once = false;
	return row;
}

std::vector<Row> devices()
{
	return {from_device(established("UDP DR", "-g", few)),
		from_device(established("UDP NAT", "-m", few)),
		from_device(established("UDP TUN", "-i", few)),
		from_device(newcomer("UDP DR", "-g", few)),
		from_device(newcomer("UDP NAT", "-m", few))};
}

std::vector<Row> fresh()
{
	Row syn{.name = "TCP DR, each packet a SYN, 100 present", .setup = service("-t", "-g"),
		.before = handshakes(few, false),
		.measured = {strangers(Kind::tcp_syn, newcomers), newcomers}, .steady = false,
		.aim = aim_new};

	return {newcomer("UDP DR", "-g", few), newcomer("UDP DR", "-g", many),
		newcomer("UDP NAT", "-m", few), syn};
}

std::vector<Row> tcp()
{
	const std::string tail = ", " + std::to_string(few) + " connections";
	Row dr{.name = "TCP DR" + tail, .setup = service("-t", "-g"),
	       .before = handshakes(few, false),
	       .measured = {requests(Kind::tcp_ack, few), packets}, .told = true,
	       .aim = aim_established};
	Row nat = dr, reply;

	nat.name = "TCP NAT" + tail;
	nat.setup = service("-t", "-m");
	nat.before = handshakes(few, true);
	reply = nat;
	reply.name = "TCP NAT replies" + tail;
	reply.measured.stream = answers(Kind::tcp_ack, few);
	reply.told = false;
	return {dr, nat, reply};
}

template<typename List>
void append(List &to, const List &more)
{
	to.insert(to.end(), more.begin(), more.end());
}

// The master tells of a connection at its third packet, later at every fiftieth;
// so two packets of each are measured where there are many.
Row with_daemon(Row row)
{
	row.name += ", master";
	row.daemon = true;
	row.aim = 1;
	if (row.measured.count == many)
		row.measured.count *= 2;
	return row;
}

} // namespace

std::vector<Row> packet_rows()
{
	std::vector<Row> rows = bystanders(), more;

	append(rows, udp());
	append(rows, fresh());
	append(rows, tcp());
	for (const Row &row : rows)
		if (row.above.empty() && !row.local)
			more.push_back(with_daemon(row));
	append(rows, std::vector{a_million(), fragments("UDP DR", "-g"), fragments("UDP NAT", "-m"),
				 beside_conntrack("UDP DR", "-g"), beside_conntrack("UDP NAT", "-m")});
	append(rows, devices());
	append(rows, ipv6());
	append(rows, more);
	return rows;
}

std::vector<MemoryRow> memory_rows()
{
	const auto fill = [](unsigned count) {
		return Burst{strangers(Kind::udp, count), count};
	};

	return {{"DR, 100000", service("-u", "-g"), fill(100'000)},
		{"NAT, 100000", service("-u", "-m"), fill(100'000)},
		{"DR, 1000000", service("-u", "-g"), fill(million)},
		{"NAT, 1000000", service("-u", "-m"), fill(million)}};
}

} // namespace bench

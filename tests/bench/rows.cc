// SPDX-License-Identifier: GPL-2.0-or-later
#include "rows.h"

namespace bench {

namespace {

constexpr unsigned few = 100, many = 50'000, packets = 10'000, newcomers = 10'000;

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

std::vector<Row> forwarding()
{
	Stream passing{.destination = real_server};

	return {{.name = "plain forwarding, no service", .measured = {passing, packets}},
		{.name = "forwarding beside one idle service", .setup = service("-u", "-g"),
		 .measured = {passing, packets}}};
}

Row established(const std::string &name, const std::string &method, unsigned flows)
{
	Stream stream = requests(Kind::udp, flows);

	return {.name = name + ", " + std::to_string(flows) +
			(flows == 1 ? " connection" : " connections"),
		.setup = service("-u", method), .before = {{stream, flows}},
		.measured = {stream, flows > packets ? flows : packets},
		.steady = flows < many, .told = true};
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

Row newcomer(const std::string &name, const std::string &method, unsigned present)
{
	return {.name = name + ", each packet a new connection, " + std::to_string(present) +
			" present",
		.setup = service("-u", method),
		.before = {{requests(Kind::udp, present), present}},
		.measured = {strangers(Kind::udp, newcomers), newcomers},
		.steady = false, .told = true, .told_at_once = true};
}

std::vector<Row> fresh()
{
	Row syn{.name = "TCP DR, each packet a SYN, 100 present", .setup = service("-t", "-g"),
		.before = handshakes(few, false),
		.measured = {strangers(Kind::tcp_syn, newcomers), newcomers}, .steady = false};

	return {newcomer("UDP DR", "-g", few), newcomer("UDP DR", "-g", many),
		newcomer("UDP NAT", "-m", few), syn};
}

std::vector<Row> tcp()
{
	const std::string tail = ", " + std::to_string(few) + " connections";
	Row dr{.name = "TCP DR" + tail, .setup = service("-t", "-g"),
	       .before = handshakes(few, false),
	       .measured = {requests(Kind::tcp_ack, few), packets}, .told = true};
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
	if (row.measured.count == many)
		row.measured.count *= 2;
	return row;
}

} // namespace

std::vector<Row> packet_rows()
{
	std::vector<Row> rows = forwarding(), more;

	append(rows, udp());
	append(rows, fresh());
	append(rows, tcp());
	for (const Row &row : rows)
		more.push_back(with_daemon(row));
	append(rows, more);
	return rows;
}

std::vector<MemoryRow> memory_rows()
{
	Burst fill{strangers(Kind::udp, 100'000), 100'000};

	return {{"DR", service("-u", "-g"), fill}, {"NAT", service("-u", "-m"), fill}};
}

} // namespace bench

// SPDX-License-Identifier: GPL-2.0-or-later
#include "rows.h"

namespace bench {

namespace {

// What is to be reached, in parts of the in-tree module's cost.
constexpr double aim_established = 0.85, aim_new = 0.7, aim_bystander = 0.3;
constexpr unsigned few = 100, many = 50'000, million = 1'000'000;
constexpr unsigned packets = 10'000, newcomers = 10'000, services = 10'000;

std::string endpoint(const std::string &address)
{
	return (is_six(address) ? "[" + address + "]" : address) + ":80";
}

// Its real servers may be of the other family.
std::vector<Words> service(const std::string &protocol, const std::string &method,
			   const Hosts &front = four, const Hosts &back = four)
{
	const std::string id = endpoint(front.virtual_address);

	return {{"-A", protocol, id, "-s", "rr"},
		{"-a", protocol, id, "-r", endpoint(back.real_server), method}};
}

std::vector<Burst> handshakes(unsigned flows, bool nat, const Hosts &hosts = four)
{
	std::vector<Burst> result{{requests(Kind::tcp_syn, flows, hosts), flows}};

	if (nat)
		result.push_back({answers(Kind::tcp_syn_ack, flows, hosts), flows});
	result.push_back({requests(Kind::tcp_ack, flows, hosts), flows});
	return result;
}

std::string many_services()
{
	std::string lines;

	for (unsigned i = 0; i < services; i++) {
		const std::string id = four.virtual_address + ":" + std::to_string(10'000 + i);
		lines += "-A -u " + id + " -s rr\n-a -u " + id + " -r " + four.real_server + " -m\n";
	}
	return lines;
}

// What somebody pays whose packets are none of ours: through the director, and to a
// program on it.
std::vector<Row> bystanders()
{
	const std::string through = "plain forwarding, no service",
			  to = "local delivery, no service";
	const Burst passing{{.destination = four.real_server}, packets},
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

// The same by other ways.
std::vector<Row> passers_by(const std::string &way, Kind kind, const Hosts &hosts)
{
	const std::string name = "forwarding " + way, alone = name + ", no service";
	const Burst passing{{.kind = kind, .source = hosts.client, .destination = hosts.real_server},
			    packets};

	return {{.name = alone, .measured = passing},
		{.name = name + " beside one idle service",
		 .setup = service("-u", "-g", hosts, hosts), .measured = passing, .above = alone,
		 .aim = aim_bystander},
		{.name = name + " beside NAT, 100 connections",
		 .setup = service("-u", "-m", hosts, hosts),
		 .before = {{requests(Kind::udp, few, hosts), few}}, .measured = passing,
		 .above = alone, .aim = aim_bystander}};
}

Row established(const std::string &name, const std::string &method, unsigned flows,
		const Hosts &hosts = four)
{
	Stream stream = requests(Kind::udp, flows, hosts);

	return {.name = name + ", " + std::to_string(flows) +
			(flows == 1 ? " connection" : " connections"),
		.setup = service("-u", method, hosts, hosts), .before = {{stream, flows}},
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

Row across_families()
{
	Row row = established("UDP TUN to a real server by IPv6", "-i", few);

	row.setup = service("-u", "-i", four, six);
	return row;
}

Row fragments(const std::string &name, const std::string &method, const Hosts &hosts = four)
{
	Row row = established(name, method, few, hosts);

	row.name = name + ", fragmented, 100 connections";
	row.measured.stream.kind = Kind::udp_fragments;
	row.frames = 2;
	row.aim = 1;
	row.told = false;
	return row;
}

// Ours sends the datagram whole; in tree it is cut to the size of the pieces that came.
Row tunnelled_fragments()
{
	Row row = fragments("UDP TUN", "-i");

	row.frames = 1;
	row.frames_in_tree = 3;
	return row;
}

Row beside(Others others, const std::string &what, Row row)
{
	row.name += ", " + what;
	row.others = others;
	row.aim = 1;
	return row;
}

// Conntrack looks at all packets because of a rule; vs/conntrack is 0.
Row beside_conntrack(const std::string &name, const std::string &method)
{
	return beside(Others::track, "conntrack used by others", established(name, method, few));
}

// These come last: after the first rule the namespace looks up routes by rules for good.
std::vector<Row> beside_rules()
{
	const Row row = established("UDP DR", "-g", few);

	return {beside(Others::route_by_mark, "a rule by mark", row),
		beside(Others::route_by_device, "a rule by device", row)};
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

Row newcomer6(const std::string &name, const std::string &method)
{
	Row row = newcomer(name, method, few);

	row.setup = service("-u", method, six, six);
	row.before = {{requests(Kind::udp, few, six), few}};
	row.measured.stream = fresh_ports(Kind::udp, newcomers, six);
	return row;
}

std::vector<Row> ipv6()
{
	return {established("UDP DR by IPv6", "-g", few, six),
		established("UDP NAT by IPv6", "-m", few, six),
		established("UDP TUN by IPv6", "-i", few, six),
		newcomer6("UDP DR by IPv6", "-g"), newcomer6("UDP NAT by IPv6", "-m")};
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

Row syn(const std::string &name, const std::string &method)
{
	return {.name = name + ", each packet a SYN, 100 present", .setup = service("-t", method),
		.before = handshakes(few, method == "-m"),
		.measured = {strangers(Kind::tcp_syn, newcomers), newcomers}, .steady = false,
		.aim = aim_new};
}

std::vector<Row> fresh()
{
	return {newcomer("UDP DR", "-g", few), newcomer("UDP DR", "-g", many),
		newcomer("UDP NAT", "-m", few), syn("TCP DR", "-g")};
}

Row segments(const std::string &name, const std::string &method, const Hosts &hosts = four)
{
	return {.name = name + ", " + std::to_string(few) + " connections",
		.setup = service("-t", method, hosts, hosts),
		.before = handshakes(few, method == "-m", hosts),
		.measured = {requests(Kind::tcp_ack, few, hosts), packets}, .told = true,
		.aim = aim_established};
}

std::vector<Row> tcp()
{
	const Row nat = segments("TCP NAT", "-m");
	Row reply = nat;

	reply.name = "TCP NAT replies, " + std::to_string(few) + " connections";
	reply.measured.stream = answers(Kind::tcp_ack, few);
	reply.told = false;
	return {segments("TCP DR", "-g"), nat, reply};
}

// The master's part is not measured of these.
std::vector<Row> without_master()
{
	return {segments("TCP TUN", "-i"), segments("TCP DR by IPv6", "-g", six),
		segments("TCP NAT by IPv6", "-m", six), syn("TCP NAT", "-m"),
		newcomer("UDP TUN", "-i", few), across_families()};
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
				 tunnelled_fragments(),
				 fragments("UDP DR by IPv6", "-g", six),
				 fragments("UDP NAT by IPv6", "-m", six),
				 beside_conntrack("UDP DR", "-g"), beside_conntrack("UDP NAT", "-m"),
				 beside(Others::filter_sources, "rp_filter 2",
					established("UDP DR", "-g", few))});
	append(rows, devices());
	append(rows, passers_by("from a device", Kind::udp_from_device, four));
	append(rows, ipv6());
	append(rows, passers_by("by IPv6", Kind::udp, six));
	append(rows, without_master());
	append(rows, more);
	append(rows, beside_rules());
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

// SPDX-License-Identifier: GPL-2.0-or-later
#include "table.h"

#include "place.h"

#include <arpa/inet.h>
#include <fnmatch.h>

#include <sstream>

namespace wire {

namespace {

std::string end_of(const std::string &address, const std::string &port)
{
	const auto number = std::to_string(std::stoul(port, nullptr, 16));
	char text[INET6_ADDRSTRLEN];
	in6_addr six{};
	in_addr four{};

	if (inet_pton(AF_INET6, address.c_str(), &six) == 1)
		return std::string("[") + inet_ntop(AF_INET6, &six, text, sizeof(text)) + "]:" +
		       number;
	four.s_addr = htonl(static_cast<std::uint32_t>(std::stoul(address, nullptr, 16)));
	return std::string(inet_ntop(AF_INET, &four, text, sizeof(text))) + ":" + number;
}

Conn conn_from(const std::string &line)
{
	std::istringstream words(line);
	std::string protocol, from, from_port, to, to_port, dest, dest_port, state;
	Conn conn{};

	words >> protocol >> from >> from_port >> to >> to_port >> dest >> dest_port >> state >>
		conn.expires;
	if (!words)
		throw Error("not a connection: " + line);
	conn.text = protocol + " " + end_of(from, from_port) + " " + end_of(to, to_port) + " " +
		    end_of(dest, dest_port) + " " + state;
	return conn;
}

} // namespace

std::vector<Conn> connections_in(const std::string &space)
{
	std::istringstream lines(read_in(space, "/proc/thread-self/net/ip_vs_conn"));
	std::vector<Conn> conns;
	std::string line;

	std::getline(lines, line);
	while (std::getline(lines, line))
		conns.push_back(conn_from(line));
	return conns;
}

// Brackets stand around IPv6 addresses, not around sets of letters.
bool like(const std::string &pattern, const std::string &text)
{
	std::string plain;

	for (const char letter : pattern)
		plain += letter == '[' ? "\\[" : std::string(1, letter);
	return fnmatch(plain.c_str(), text.c_str(), 0) == 0;
}

} // namespace wire

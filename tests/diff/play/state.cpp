// SPDX-License-Identifier: GPL-2.0-or-later
#include "state.h"

#include "tests/net/wire/table.h"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace diff {

namespace {

std::vector<std::string> words_of(const std::string &line)
{
	std::istringstream stream(line);
	return std::vector<std::string>(std::istream_iterator<std::string>(stream), {});
}

// Lines of a service: "TCP ADDRESS:PORT SCHEDULER", and below it
// "-> ADDRESS:PORT FORWARD WEIGHT ACTIVE INACTIVE".
void take_servers(State &state, const std::string &text)
{
	std::istringstream lines(text);
	std::string line, service;

	for (int header = 0; std::getline(lines, line); header++) {
		const auto words = words_of(line);
		if (header < 3 || words.size() < 3)
			continue;
		if (words[0] != "->") {
			service = words[0] + " " + words[1];
			continue;
		}
		state.servers[service + " -> " + words[1]] = { std::stol(words[4]),
							       std::stol(words[5]) };
	}
}

// The first line that begins with a CPU's number.
void take_counts(State &state, const std::string &text)
{
	std::istringstream lines(text);
	std::string line;

	while (std::getline(lines, line)) {
		const auto words = words_of(line);
		if (words.size() != 6 || words[0] != "0")
			continue;
		for (std::size_t i = 1; i < words.size(); i++)
			state.counts.push_back(std::stol(words[i], nullptr, 16));
		return;
	}
	throw wire::Error("no counts in ip_vs_stats_percpu:\n" + text);
}

// The source port of GUE is a hash with a secret.
void blank_gue(std::vector<std::string> &words)
{
	for (std::size_t i = 1; i + 1 < words.size(); i++)
		if (words[i] == "dport=6080")
			words[i - 1] = "sport=*";
		else if (words[i] == "sport=6080")
			words[i + 1] = "dport=*";
}

// "FAMILY NUMBER PROTOCOL NUMBER SECONDS [STATE] KEY=VALUE...". There is no file while
// nobody tracks.
void take_entries(State &state, const std::string &text)
{
	std::istringstream lines(text);
	std::string line;

	while (std::getline(lines, line)) {
		auto words = words_of(line);
		blank_gue(words);
		std::string name = words[0] + " " + words[2];
		for (std::size_t i = 5; i < words.size(); i++)
			if (!words[i].starts_with("use="))
				name += " " + words[i];
		auto &left = state.entries[name];
		left = std::max(left, std::stoi(words[4]));
	}
}

std::string change(long before, long after)
{
	return (after < before ? "" : "+") + std::to_string(after - before);
}

// A second up or down is a matter of rounding: timeouts are even numbers.
std::string coarse(int seconds)
{
	return "~" + std::to_string((seconds + 1) / 4 * 4);
}

void add_lasting(std::vector<std::string> &lines, const std::string &what,
		 const std::map<std::string, int> &before, const std::map<std::string, int> &after)
{
	for (const auto &[name, left] : after) {
		const auto found = before.find(name);
		if (found == before.end() || found->second < left)
			lines.push_back(what + " " + name + " " + coarse(left));
	}
}

void add_servers(std::vector<std::string> &lines, const State &before, const State &after)
{
	for (const auto &[name, now] : after.servers) {
		const auto found = before.servers.find(name);
		const auto was = found == before.servers.end() ? State::Numbers(2) : found->second;
		if (was != now)
			lines.push_back("server " + name + " active" + change(was[0], now[0]) +
					" inactive" + change(was[1], now[1]));
	}
}

} // namespace

State state_of(Lab &lab)
{
	State state;

	for (const auto &conn : wire::connections_in("director"))
		state.conns[conn.text] = conn.expires;
	if (lab.has("nf_conntrack"))
		take_entries(state, lab.read("nf_conntrack"));
	take_servers(state, lab.read("ip_vs"));
	take_counts(state, lab.read("ip_vs_stats_percpu"));
	return state;
}

std::vector<std::string> news(const State &before, const State &after)
{
	constexpr std::array names{ "conns", "in", "out", "inbytes", "outbytes" };
	std::vector<std::string> lines;

	add_lasting(lines, "conn", before.conns, after.conns);
	add_lasting(lines, "entry", before.entries, after.entries);
	add_servers(lines, before, after);
	for (std::size_t i = 0; i < names.size(); i++)
		if (before.counts[i] != after.counts[i])
			lines.push_back(std::string("count ") + names[i] +
					change(before.counts[i], after.counts[i]));
	return lines;
}

} // namespace diff

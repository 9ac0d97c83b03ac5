// SPDX-License-Identifier: GPL-2.0-or-later
#include "script.h"

#include "table.h"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <regex>
#include <sstream>
#include <thread>

namespace wire {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto patience = 20s; // for what must come
constexpr auto silence = 300ms; // for what must not

bool poll_until(const std::function<bool()> &holds)
{
	const auto deadline = Clock::now() + patience;

	while (!holds()) {
		if (Clock::now() > deadline)
			return false;
		std::this_thread::sleep_for(20ms);
	}
	return true;
}

std::string all(const std::deque<Packet> &packets)
{
	std::string text;

	for (const auto &packet : packets)
		text += "\n    saw " + to_text(packet);
	return text.empty() ? "\n    saw nothing" : text;
}

std::string all(const std::vector<Conn> &conns)
{
	std::string text;

	for (const auto &conn : conns)
		text += "\n    has " + conn.text + " " + std::to_string(conn.expires);
	return text.empty() ? "\n    has no connection" : text;
}

const Conn *find(const std::vector<Conn> &conns, const std::string &pattern)
{
	const auto found = std::ranges::find_if(
		conns, [&](const Conn &conn) { return like(pattern, conn.text); });
	return found == conns.end() ? nullptr : &*found;
}

struct Output {
	int status;
	std::string text;
};

Output output_of(const std::string &space, const std::string &command)
{
	const Visit visit(space);
	Output output{};
	char piece[4096];

	const auto close = [&](FILE *pipe) { output.status = pclose(pipe); };
	std::unique_ptr<FILE, decltype(close)> pipe(
		popen(("{ " + command + "; } 2>&1").c_str(), "r"), close);
	if (!pipe)
		throw Error("cannot run " + command);
	while (const auto size = fread(piece, 1, sizeof(piece), pipe.get()))
		output.text.append(piece, size);
	pipe.reset();
	return output;
}

} // namespace

const std::array<Script::Entry, 19> Script::verbs{ {
	{ "open", 3, &Script::open },
	{ "send", 1, &Script::send },
	{ "cuts", 1, &Script::cuts },
	{ "expect", 1, &Script::expect },
	{ "quiet", 1, &Script::quiet },
	{ "count", 2, &Script::count },
	{ "learn", 3, &Script::learn },
	{ "differ", 2, &Script::differ },
	{ "flood", 2, &Script::flood },
	{ "clear", 1, &Script::clear },
	{ "for", 2, &Script::repeat },
	{ "conn", 1, &Script::conn },
	{ "noconn", 1, &Script::noconn },
	{ "conns", 2, &Script::conns },
	{ "expires", 3, &Script::expires },
	{ "sysctl", 2, &Script::sysctl },
	{ "run", 1, &Script::command },
	{ "refused", 1, &Script::refused },
	{ "until", 2, &Script::until },
} };

void Script::run(std::string_view line)
{
	std::istringstream stream{ with_learnt(std::string(line)) };
	std::string verb, rest;
	Words words;

	stream >> verb;
	if (verb.empty() || verb[0] == '#')
		return;
	const auto entry = std::ranges::find(verbs, verb, &Entry::name);
	if (entry == verbs.end())
		throw Error("no such verb: " + verb);
	for (std::size_t i = 0; i < entry->words; i++)
		if (std::string word; stream >> word)
			words.push_back(word);
		else
			throw Error("too short: " + std::string(line));
	std::getline(stream >> std::ws, rest);
	(this->*entry->verb)(words, rest);
}

Port &Script::port(const std::string &name)
{
	const auto found = ports_.find(name);
	if (found == ports_.end())
		throw Error("not open: " + name);
	return found->second;
}

// open NAME SPACE INTERFACE [NEIGHBOUR'S-SPACE ITS-INTERFACE | MAC]
void Script::open(const Words &words, const std::string &rest)
{
	Port port(words[1], words[2]);
	std::istringstream neighbour(rest);
	std::string space, interface;

	if (neighbour >> space >> interface)
		port.send_to(space, interface);
	else if (!space.empty())
		port.send_to(space);
	ports_.insert_or_assign(words[0], std::move(port));
}

// send PORT PACKET
void Script::send(const Words &words, const std::string &rest)
{
	port(words[0]).send(encode(from_text(rest)));
}

// cuts PORT PACKET: the packet ending at each byte, twice: with the IP header
// telling the truth about that, and lying.
void Script::cuts(const Words &words, const std::string &rest)
{
	const auto size = encode(from_text(rest)).bytes.size();

	for (std::size_t length = 0; length < size; length++) {
		auto packet = from_text(rest);
		packet[0]["cut"] = std::to_string(length);
		port(words[0]).send(encode(packet));
		packet[0]["totlen"] = packet[0]["cut"];
		packet[0]["plen"] = std::to_string(length < 40 ? 0 : length - 40);
		port(words[0]).send(encode(packet));
	}
}

// expect PORT PATTERN: such a packet arrives (and is taken out).
void Script::expect(const Words &words, const std::string &rest)
{
	take(words[0], rest);
}

Packet Script::take(const std::string &name, const std::string &text)
{
	const auto pattern = from_text(text);
	auto &from = port(name);
	const auto deadline = Clock::now() + patience;

	for (int wait = 0;; wait = 50) {
		from.collect(wait);
		const auto found = std::ranges::find_if(
			from.seen, [&](const Packet &packet) { return matches(pattern, packet); });
		if (found != from.seen.end()) {
			auto packet = std::move(*found);
			from.seen.erase(found);
			return packet;
		}
		if (Clock::now() > deadline)
			throw Failure("no such packet" + all(from.seen));
	}
}

// learn NAME KEY PORT PATTERN: expect it; @NAME is from now on its field KEY.
void Script::learn(const Words &words, const std::string &rest)
{
	learnt_[words[0]] = take(words[2], rest)[0][words[1]];
}

std::string Script::with_learnt(std::string line) const
{
	for (const auto &[name, value] : learnt_)
		line = std::regex_replace(line, std::regex("@" + name + "\\b"), value);
	return line;
}

// differ ONE OTHER
void Script::differ(const Words &words, const std::string &)
{
	if (words[0] == words[1])
		throw Failure("both are " + words[0]);
}

// flood PORT NUMBER PACKET: so many, each from another port of the client.
void Script::flood(const Words &words, const std::string &rest)
{
	auto packet = from_text(rest);

	for (unsigned long i = 0; i < std::stoul(words[1]); i++) {
		packet[0]["sport"] = std::to_string(1024 + i % 64000);
		port(words[0]).send(encode(packet));
	}
}

// quiet PORT PATTERN: no such packet arrived, nor does.
void Script::quiet(const Words &words, const std::string &rest)
{
	count({ words[0], "0" }, rest);
}

// count PORT NUMBER PATTERN: exactly so many such packets (and takes them out).
void Script::count(const Words &words, const std::string &rest)
{
	const auto pattern = from_text(rest);
	auto &from = port(words[0]);
	const auto wanted = std::stoul(words[1]);
	std::deque<Packet> taken;

	const auto take_all = [&] {
		from.collect(20);
		std::erase_if(from.seen, [&](const Packet &packet) {
			const bool one = matches(pattern, packet);
			if (one)
				taken.push_back(packet);
			return one;
		});
		return taken.size() >= wanted;
	};
	poll_until(take_all);
	std::this_thread::sleep_for(silence);
	take_all();
	if (taken.size() != wanted)
		throw Failure("got " + std::to_string(taken.size()) + all(taken) + all(from.seen));
}

// clear PORT: forget what arrived.
void Script::clear(const Words &words, const std::string &)
{
	port(words[0]).collect(0);
	port(words[0]).seen.clear();
}

// for FIRST LAST LINE: with % for the number.
void Script::repeat(const Words &words, const std::string &rest)
{
	for (auto number = std::stoul(words[0]); number <= std::stoul(words[1]); number++)
		run(std::regex_replace(rest, std::regex("%"), std::to_string(number)));
}

// conn SPACE PATTERN: there is such a connection.
void Script::conn(const Words &words, const std::string &rest)
{
	if (!poll_until([&] { return find(connections_in(words[0]), rest); }))
		throw Failure("no such connection" + all(connections_in(words[0])));
}

// noconn SPACE PATTERN
void Script::noconn(const Words &words, const std::string &rest)
{
	if (!poll_until([&] { return !find(connections_in(words[0]), rest); }))
		throw Failure("such a connection" + all(connections_in(words[0])));
}

// conns SPACE NUMBER PATTERN: so many.
void Script::conns(const Words &words, const std::string &rest)
{
	const auto number = [&] {
		const auto conns = connections_in(words[0]);
		return std::ranges::count_if(
			conns, [&](const Conn &conn) { return like(rest, conn.text); });
	};
	if (!poll_until([&] { return number() == std::stol(words[1]); }))
		throw Failure("there are " + std::to_string(number()) +
			      all(connections_in(words[0])));
}

// expires SPACE FROM-TO PATTERN: such a connection has so many seconds left. The
// last packet may still be under way, but not for so long that a wrong time
// becomes right.
void Script::expires(const Words &words, const std::string &rest)
{
	const auto dash = words[1].find('-');
	const int from = std::stoi(words[1]), to = std::stoi(words[1].substr(dash + 1));
	const auto deadline = Clock::now() + 4s;

	while (true) {
		const auto conns = connections_in(words[0]);
		const auto *conn = find(conns, words[2] + " " + rest);
		if (conn && conn->expires >= from && conn->expires <= to)
			return;
		if (Clock::now() > deadline)
			throw Failure("does not" + all(conns));
		std::this_thread::sleep_for(20ms);
	}
}

// sysctl SPACE NAME VALUE: the name with slashes.
void Script::sysctl(const Words &words, const std::string &rest)
{
	write_in(words[0], "/proc/sys/" + words[1], rest);
}

// run SPACE COMMAND: it succeeds.
void Script::command(const Words &words, const std::string &rest)
{
	const auto output = output_of(words[0], rest);
	if (output.status)
		throw Failure("wait status " + std::to_string(output.status) + ": " + output.text);
}

// refused SPACE COMMAND: it fails with an exit status of its own.
void Script::refused(const Words &words, const std::string &rest)
{
	const auto output = output_of(words[0], rest);
	if (!WIFEXITED(output.status) || WEXITSTATUS(output.status) == 0 ||
	    (WEXITSTATUS(output.status) >= 126 && WEXITSTATUS(output.status) < 255))
		throw Failure("wait status " + std::to_string(output.status) + ": " + output.text);
}

// until SPACE EXPRESSION COMMAND: its output comes to contain that, with _ for
// any run of spaces.
void Script::until(const Words &words, const std::string &rest)
{
	const std::regex wanted(std::regex_replace(words[1], std::regex("_"), "\\s+"));
	Output output{};

	if (!poll_until([&] {
		    output = output_of(words[0], rest);
		    return std::regex_search(output.text, wanted);
	    }))
		throw Failure("its output is: " + output.text);
}

} // namespace wire

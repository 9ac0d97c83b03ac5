// SPDX-License-Identifier: GPL-2.0-or-later
// The language of the tests with packets made by hand: one verb a line.
#pragma once

#include "place.h"

namespace wire {

struct Failure : std::runtime_error {
	using std::runtime_error::runtime_error;
};

class Script {
public:
	// Throws Failure when what the line asks for does not hold.
	void run(std::string_view line);

private:
	using Words = std::vector<std::string>;
	using Verb = void (Script::*)(const Words &words, const std::string &rest);
	struct Entry {
		std::string_view name;
		std::size_t words; // before the rest of the line
		Verb verb;
	};
	static const std::array<Entry, 19> verbs;

	void open(const Words &words, const std::string &rest);
	void send(const Words &words, const std::string &rest);
	void cuts(const Words &words, const std::string &rest);
	void expect(const Words &words, const std::string &rest);
	void quiet(const Words &words, const std::string &rest);
	void count(const Words &words, const std::string &rest);
	void learn(const Words &words, const std::string &rest);
	void differ(const Words &words, const std::string &rest);
	void flood(const Words &words, const std::string &rest);
	void clear(const Words &words, const std::string &rest);
	void repeat(const Words &words, const std::string &rest);
	void conn(const Words &words, const std::string &rest);
	void noconn(const Words &words, const std::string &rest);
	void conns(const Words &words, const std::string &rest);
	void expires(const Words &words, const std::string &rest);
	void sysctl(const Words &words, const std::string &rest);
	void command(const Words &words, const std::string &rest);
	void refused(const Words &words, const std::string &rest);
	void until(const Words &words, const std::string &rest);

	Port &port(const std::string &name);
	std::string with_learnt(std::string line) const;
	Packet take(const std::string &from, const std::string &text);

	std::map<std::string, Port> ports_;
	std::map<std::string, std::string> learnt_;
};

} // namespace wire

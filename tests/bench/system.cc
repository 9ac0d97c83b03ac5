// SPDX-License-Identifier: GPL-2.0-or-later
#include "system.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace bench {

std::string read_file(const std::string &path)
{
	std::ifstream file(path);
	std::ostringstream text;

	if (!file)
		throw std::runtime_error("cannot open " + path);
	text << file.rdbuf();
	return text.str();
}

// One write(): files of /proc take a command at a time.
void write_file(const std::string &path, const std::string &text)
{
	Fd fd(open(path.c_str(), O_WRONLY | O_CLOEXEC));

	if (fd.get() < 0 || write(fd.get(), text.data(), text.size()) < 0)
		throw std::runtime_error(path + " refuses '" + text + "': " + strerror(errno));
}

namespace {

std::string quoted(const std::string &word)
{
	std::string result = "'";

	for (char c : word)
		result += c == '\'' ? std::string("'\\''") : std::string(1, c);
	return result + "'";
}

struct PipeClose {
	void operator()(FILE *pipe) const { pclose(pipe); }
};

} // namespace

std::string run(const Words &command)
{
	std::string line, output;
	char buffer[4096];

	for (const std::string &word : command)
		line += quoted(word) + " ";
	std::unique_ptr<FILE, PipeClose> pipe(popen(line.c_str(), "re"));
	if (!pipe)
		throw std::runtime_error("cannot start " + line);
	while (std::size_t n = fread(buffer, 1, sizeof(buffer), pipe.get()))
		output.append(buffer, n);
	if (pclose(pipe.release()) != 0)
		throw std::runtime_error("failed: " + line + output);
	return output;
}

std::vector<std::string> split(const std::string &line)
{
	std::istringstream in(line);
	std::vector<std::string> words;

	for (std::string word; in >> word;)
		words.push_back(word);
	return words;
}

std::uint64_t number_after(const std::string &text, const std::string &key)
{
	std::istringstream in(text);

	for (std::string line; std::getline(in, line);)
		if (line.starts_with(key))
			return std::strtoull(line.c_str() + key.size(), nullptr, 10);
	return 0;
}

std::uint32_t address(const std::string &text)
{
	in_addr result;

	if (inet_pton(AF_INET, text.c_str(), &result) != 1)
		throw std::runtime_error("not an address: " + text);
	return ntohl(result.s_addr);
}

std::uint64_t packets_sent(const std::string &device)
{
	std::istringstream in(read_file("/proc/net/dev"));

	for (std::string line; std::getline(in, line);) {
		std::vector<std::string> words = split(line);
		if (words.size() > 10 && words[0] == device + ":")
			return std::stoull(words[10]);
	}
	throw std::runtime_error("no device " + device);
}

namespace {

// Of two lines the first names what the second counts.
std::uint64_t counter(const std::string &protocol, const std::string &name)
{
	std::istringstream in(read_file("/proc/net/snmp"));
	Words names;

	for (std::string line; std::getline(in, line);) {
		const Words words = split(line);
		if (words.empty() || words[0] != protocol + ":")
			continue;
		for (std::size_t i = 0; i < std::min(names.size(), words.size()); i++)
			if (names[i] == name)
				return std::stoull(words[i]);
		names = words;
	}
	throw std::runtime_error("no counter " + name + " of " + protocol);
}

} // namespace

std::uint64_t datagrams_without_room()
{
	return counter("Udp", "RcvbufErrors");
}

std::uint64_t resets_sent()
{
	return counter("Tcp", "OutRsts");
}

std::uint64_t nanoseconds()
{
	timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return std::uint64_t(now.tv_sec) * 1'000'000'000 + std::uint64_t(now.tv_nsec);
}

} // namespace bench

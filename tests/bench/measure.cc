// SPDX-License-Identifier: GPL-2.0-or-later
#include "measure.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <sys/socket.h>

namespace bench {

namespace {

constexpr int steady_bursts = 3;

// What the director answers itself has not.
std::uint64_t arrived(const Row &row)
{
	return row.local ? datagrams_without_room() : packets_sent("out0") - resets_sent();
}

// All of them must arrive: a packet dropped early would look cheap.
double measure_through(const Row &row, unsigned frames)
{
	const Burst &burst = row.measured;
	std::uint64_t before = arrived(row);
	std::uint64_t elapsed = send(burst.stream, burst.count, To::director);
	std::uint64_t there = arrived(row) - before;

	if (there != std::uint64_t(burst.count) * frames)
		throw std::runtime_error("of " + std::to_string(burst.count) + " packets " +
					 std::to_string(there) + " frames arrived");
	return double(elapsed) / burst.count;
}

void configure(const Module &module, const Row &row)
{
	for (const Words &words : row.setup)
		module.ipvsadm(words);
	if (!row.rules.empty())
		module.restore(row.rules);
}

// Whom local rows are for. Nobody reads: once it is full all is dropped there.
Fd sink()
{
	Fd fd(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
	sockaddr_in self{};

	self.sin_family = AF_INET;
	self.sin_port = htons(local_port);
	if (fd.get() < 0 || bind(fd.get(), reinterpret_cast<sockaddr *>(&self), sizeof(self)))
		throw std::runtime_error(std::string("sink: ") + strerror(errno));
	return fd;
}

// What others do, as long as it lives.
class Neighbour {
public:
	explicit Neighbour(Others others) : others_(others) { shell(start()); }
	Neighbour(const Neighbour &) = delete;
	Neighbour &operator=(const Neighbour &) = delete;
	~Neighbour()
	{
		try {
			shell(stop());
		} catch (const std::exception &error) {
			std::cerr << "bench: " << error.what() << std::endl;
		}
	}

private:
	static void shell(const std::string &command)
	{
		if (!command.empty())
			run({"sh", "-c", command});
	}
	[[nodiscard]] std::string start() const;
	[[nodiscard]] std::string stop() const;

	Others others_;
};

std::string Neighbour::start() const
{
	switch (others_) {
	case Others::track:
		return "nft 'add table ip other; add chain ip other f "
		       "{ type filter hook forward priority 0; }; "
		       "add rule ip other f ct state invalid drop'";
	case Others::filter_sources: return "sysctl -qw net.ipv4.conf.all.rp_filter=2";
	case Others::route_by_device: return "ip rule add iif in0 lookup main";
	case Others::route_by_mark: return "ip rule add fwmark 1 lookup main";
	default: return "";
	}
}

std::string Neighbour::stop() const
{
	switch (others_) {
	case Others::track: return "nft delete table ip other";
	case Others::filter_sources: return "sysctl -qw net.ipv4.conf.all.rp_filter=0";
	case Others::route_by_device: return "ip rule del iif in0 lookup main";
	case Others::route_by_mark: return "ip rule del fwmark 1 lookup main";
	default: return "";
	}
}

void start_daemon(Module &module, const Row &row)
{
	if (row.told_at_once)
		write_file("/proc/sys/net/ipv4/vs/sync_threshold", "1 50");
	module.start_master();
}

// The master's buffer goes out at the latest two seconds later.
void judge_daemon(const Row &row, std::uint64_t sent_before)
{
	if (!row.daemon || !row.told)
		return;
	sleep(5);
	if (packets_sent("sync0") == sent_before)
		throw std::runtime_error("the master daemon sent nothing");
}

struct Slab {
	std::uint64_t objects = 0;
	std::uint64_t pages = 0;
};

// name, active, objects, size, per slab, pages per slab, ": tunables", 3,
// ": slabdata", active slabs, slabs, shared
Slab connection_slab()
{
	std::istringstream in(read_file("/proc/slabinfo"));

	for (std::string line; std::getline(in, line);) {
		std::vector<std::string> words = split(line);
		if (words.size() > 14 && words[0] == "ip_vs_conn")
			return {std::stoull(words[1]),
				std::stoull(words[14]) * std::stoull(words[5])};
	}
	throw std::runtime_error("no slab cache ip_vs_conn");
}

std::uint64_t kernel_memory()
{
	const std::string text = read_file("/proc/meminfo");
	std::uint64_t sum = 0;

	for (const char *key : {"Slab:", "VmallocUsed:", "PageTables:", "Percpu:"})
		sum += number_after(text, key) * 1024;
	return sum;
}

} // namespace

double Meter::base(const Burst &burst)
{
	for (const auto &[known, cost] : bases_)
		if (known.stream == burst.stream && known.count == burst.count)
			return cost;
	std::uint64_t least = UINT64_MAX;
	for (int i = 0; i < 3; i++) {
		ballast_.shift();
		least = std::min(least, send(burst.stream, burst.count, To::another_host));
	}
	bases_.emplace_back(burst, double(least) / burst.count);
	return bases_.back().second;
}

double Meter::measure(const Row &row, Which which)
{
	double cost = base(row.measured);
	const unsigned frames = which == Which::in_tree && row.frames_in_tree
					? row.frames_in_tree : row.frames;
	const Fd taker = sink();
	const Neighbour neighbour(row.others);
	Module module(which);

	ballast_.shift();
	std::uint64_t sync_packets = packets_sent("sync0");
	configure(module, row);
	if (row.daemon)
		start_daemon(module, row);
	for (const Burst &burst : row.before)
		send(burst.stream, burst.count, To::director);
	double least = measure_through(row, frames);
	for (int i = 1; row.steady && i < steady_bursts; i++) {
		ballast_.shift();
		least = std::min(least, measure_through(row, frames));
	}
	judge_daemon(row, sync_packets);
	return least - cost;
}

Memory measure_memory(const MemoryRow &row, Which which)
{
	constexpr double pointer = sizeof(void *), page = 4096;
	Module module(which);

	for (const Words &words : row.setup)
		module.ipvsadm(words);
	std::uint64_t before = kernel_memory();
	double first_index = pointer * double(module.buckets());
	send(row.fill.stream, row.fill.count, To::director);
	sleep(3);
	Slab slab = connection_slab();
	if (slab.objects < row.fill.count)
		throw std::runtime_error("only " + std::to_string(slab.objects) + " connections");
	double n = row.fill.count;
	return {page * double(slab.pages) / n, pointer * double(module.buckets()) / n,
		(double(kernel_memory()) - double(before) + first_index) / n};
}

} // namespace bench

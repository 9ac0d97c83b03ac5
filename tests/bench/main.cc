// SPDX-License-Identifier: GPL-2.0-or-later
// In the guest, in the director's namespace: measure and print. Exit status 1
// when ours is dearer somewhere or misses its aim, 2 when something could not be measured.

#include "measure.h"
#include "table.h"

#include <iostream>
#include <map>
#include <regex>
#include <sched.h>
#include <stdexcept>

using namespace bench;

namespace {

struct Options {
	std::regex rows{""};
	std::vector<Which> modules{Which::in_tree, Which::ours};
	unsigned repeat = 2;
	bool list = false;
};

Which module_named(const std::string &word)
{
	for (Which which : {Which::in_tree, Which::ours})
		if (name(which) == word)
			return which;
	throw std::invalid_argument("--only takes ours or in-tree, not '" + word + "'");
}

Options parse(const Words &words)
{
	Options options;

	for (std::size_t i = 0; i < words.size(); i++) {
		if (words[i] == "--list") {
			options.list = true;
			continue;
		}
		if (i + 1 == words.size())
			throw std::invalid_argument("unknown or incomplete: " + words[i]);
		const std::string &value = words[i + 1];
		if (words[i] == "--rows")
			options.rows = std::regex(value);
		else if (words[i] == "--only")
			options.modules = {module_named(value)};
		else if (words[i] == "--repeat")
			options.repeat = unsigned(std::stoul(value));
		else
			throw std::invalid_argument("unknown: " + words[i]);
		i++;
	}
	return options;
}

class Bench {
public:
	explicit Bench(const Options &options) : options_(options) {}
	void packets();
	void memory();
	[[nodiscard]] int verdict() const;

private:
	void measure(const Row &row, Which which, Figures &figures);
	void finish(Line &line, const Row &row);
	void memory_row(const MemoryRow &row);
	void print(const Line &line);
	void set_above(Line &line, const std::string &name) const;
	Figures &column(Line &line, Which which)
	{
		return which == Which::ours ? line.ours : line.in_tree;
	}
	[[nodiscard]] bool wanted(const std::string &name) const
	{
		return std::regex_search(name, options_.rows);
	}
	void failed(const std::string &row, Which which, const std::exception &error);

	Options options_;
	Meter meter_;
	std::map<std::string, Line> done_;
	Words dearer_, missed_, unmeasured_;
};

void Bench::print(const Line &line)
{
	if (!line.in_tree.empty() || !line.ours.empty())
		std::cout << text(line) << std::endl;
	if (line.lost())
		dearer_.push_back(line.name);
	else if (line.missed())
		missed_.push_back(line.name);
}

void Bench::failed(const std::string &row, Which which, const std::exception &error)
{
	std::cout << row << ": " << name(which) << ": " << error.what() << std::endl;
	unmeasured_.push_back(row + ", " + name(which));
}

// Until the two least figures agree to half a per cent; a few times more at most.
void Bench::measure(const Row &row, Which which, Figures &figures)
{
	const unsigned least = options_.repeat + !row.steady, patience = least + 4;

	try {
		for (unsigned i = 0; i < least ||
		     (figures.spread() > 0.005 && i < patience); i++)
			figures.add(meter_.measure(row, which));
	} catch (const std::exception &error) {
		failed(row.name, which, error);
	}
}

// Without the row that it stands upon a line shows its whole cost.
void Bench::set_above(Line &line, const std::string &name) const
{
	const auto found = done_.find(name);

	if (found == done_.end() || !found->second.ratio())
		return;
	line.above_in_tree = found->second.in_tree.best();
	line.above_ours = found->second.ours.best();
}

void Bench::finish(Line &line, const Row &row)
{
	line.aim = row.aim;
	if (const auto found = done_.find(row.grown_from);
	    found != done_.end() && !found->second.ours.empty())
		line.most = growth_aim * found->second.ours.best();
	set_above(line, row.above);
	done_[row.name] = line;
	print(line);
}

// A director of its own: what a module or a rule leaves in a namespace, as in tree the
// hooks of nf_defrag_ipv6, others would pay for ever after.
void become_director()
{
	const char *topology = std::getenv("TOPOLOGY");

	if (!topology || unshare(CLONE_NEWNET))
		throw std::runtime_error("no namespace, or no TOPOLOGY for it");
	run({topology, "true"});
}

void Bench::packets()
{
	std::vector<Row> rows = packet_rows();
	std::vector<Line> lines;

	std::erase_if(rows, [&](const Row &row) { return !wanted(row.name); });
	for (const Row &row : rows)
		lines.push_back(Line{row.name, {}, {}});
	std::cout << heading("instructions per packet") << std::endl;
	for (Which which : options_.modules) {
		become_director();
		for (std::size_t i = 0; i < rows.size(); i++) {
			measure(rows[i], which, column(lines[i], which));
			if (which == options_.modules.back())
				finish(lines[i], rows[i]);
		}
	}
}

void Bench::memory_row(const MemoryRow &row)
{
	Line object{row.name + ": connection", {}, {}, false},
		index{row.name + ": index", {}, {}, false},
		sum{row.name + ": connection and index", {}, {}},
		total{row.name + ": growth of the kernel's memory", {}, {}};
	sum.most = memory_aim;

	for (Which which : options_.modules) {
		try {
			Memory m = measure_memory(row, which);
			column(object, which).add(m.object);
			column(index, which).add(m.index);
			column(sum, which).add(m.object + m.index);
			column(total, which).add(m.total);
		} catch (const std::exception &error) {
			failed(row.name, which, error);
		}
	}
	for (const Line &part : {object, index})
		if (!part.in_tree.empty() || !part.ours.empty())
			std::cout << text(part) << '\n';
	print(sum);
	print(total);
}

void Bench::memory()
{
	std::cout << '\n' << heading("bytes per connection") << std::endl;
	for (const MemoryRow &row : memory_rows())
		if (wanted(row.name + ": connection and index"))
			memory_row(row);
}

int Bench::verdict() const
{
	for (const std::string &row : unmeasured_)
		std::cout << "not measured: " << row << '\n';
	for (const std::string &row : dearer_)
		std::cout << "dearer than in tree: " << row << '\n';
	for (const std::string &row : missed_)
		std::cout << "not what it is to be: " << row << '\n';
	return !unmeasured_.empty() ? 2 : !dearer_.empty() || !missed_.empty() ? 1 : 0;
}

int bench_main(const Options &options)
{
	if (options.list) {
		for (const Row &row : packet_rows())
			std::cout << row.name << '\n';
		for (const MemoryRow &row : memory_rows())
			std::cout << row.name << ": connection and index\n";
		return 0;
	}
	Bench bench(options);
	load_foundations();
	bench.packets();
	bench.memory();
	return bench.verdict();
}

} // namespace

int main(int argc, char **argv)
{
	try {
		return bench_main(parse(Words(argv + 1, argv + argc)));
	} catch (const std::exception &error) {
		std::cerr << "bench: " << error.what() << std::endl;
		return 2;
	}
}

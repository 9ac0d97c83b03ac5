// SPDX-License-Identifier: GPL-2.0-or-later
// usage: judge DIFFERENCES IN-TREE OURS
// Compare two records of tests/diff/play, scenario by scenario, and report in TAP. A
// line of DIFFERENCES is "SCENARIO < LINE" (only in tree) or "SCENARIO > LINE" (only
// ours), both patterns as in the shell, with *, ? and @(one|other); what begins with # says why. A
// difference that none of them expects fails its scenario, one of them that expects
// nothing is a failure of its own.
#include <fnmatch.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace {

using Lines = std::vector<std::string>;

// What was done, and what came of it.
struct Step {
	std::string act;
	Lines outcome;
};

struct Scenario {
	std::string name;
	std::vector<Step> steps;
};

struct Record {
	std::vector<Scenario> scenarios;
	bool complete = false;
};

struct Expected {
	std::string scenario, line, text;
	char side = 0;
	bool met = false;
};

Record record_from(const char *path)
{
	std::ifstream file(path);
	Record record;
	std::string line;

	while (std::getline(file, line)) {
		if (line.starts_with("scenario "))
			record.scenarios.push_back({ line.substr(9), { {} } });
		else if (line == "end")
			record.complete = true;
		else if (record.scenarios.empty())
			break;
		else if (line.starts_with("> "))
			record.scenarios.back().steps.push_back({ line, {} });
		else
			record.scenarios.back().steps.back().outcome.push_back(line);
	}
	return record;
}

std::vector<Expected> expected_from(const char *path)
{
	std::ifstream file(path);
	std::vector<Expected> all;
	std::string line;

	while (std::getline(file, line)) {
		const auto at = line.find_first_of("<>");
		if (line.empty() || line[0] == '#' || at == line.npos || at == 0)
			continue;
		all.push_back({ .scenario = line.substr(0, at - 1),
				.line = line.substr(at + 2),
				.text = line,
				.side = line[at] });
	}
	return all;
}

bool like(const std::string &pattern, const std::string &text)
{
	std::string plain;

	for (const char letter : pattern)
		plain += letter == '[' ? "\\[" : std::string(1, letter);
	return fnmatch(plain.c_str(), text.c_str(), FNM_EXTMATCH) == 0;
}

Lines without(Lines lines, const Lines &others)
{
	for (const auto &other : others)
		if (const auto found = std::ranges::find(lines, other); found != lines.end())
			lines.erase(found);
	return lines;
}

class Judge {
public:
	Judge(std::vector<Expected> expected) : expected_(std::move(expected)) {}
	int judge(const Record &in_tree, const Record &ours);

private:
	Lines compare(const Scenario &in_tree, const Scenario &ours);
	void compare(const std::string &name, const Step &in_tree, const Step &ours,
		     Lines &differences);
	bool expects(const std::string &name, char side, const std::string &line);
	void report(const std::string &what, const Lines &complaints);

	std::vector<Expected> expected_;
	int number_ = 0, failed_ = 0;
};

bool Judge::expects(const std::string &name, char side, const std::string &line)
{
	bool any = false;

	for (auto &one : expected_)
		if (one.side == side && like(one.scenario, name) && like(one.line, line))
			any = one.met = true;
	return any;
}

void Judge::compare(const std::string &name, const Step &in_tree, const Step &ours,
		    Lines &differences)
{
	Lines found;

	if (in_tree.act != ours.act)
		found.push_back("? " + in_tree.act + " | " + ours.act);
	for (const auto &line : without(in_tree.outcome, ours.outcome))
		if (!expects(name, '<', line))
			found.push_back("< " + line);
	for (const auto &line : without(ours.outcome, in_tree.outcome))
		if (!expects(name, '>', line))
			found.push_back("> " + line);
	auto one = in_tree.outcome, other = ours.outcome;
	std::ranges::sort(one);
	std::ranges::sort(other);
	if (one == other && in_tree.outcome != ours.outcome)
		found.push_back("? the same in another order");
	if (!found.empty() && !in_tree.act.empty())
		differences.push_back("after " + in_tree.act.substr(2));
	differences.insert(differences.end(), found.begin(), found.end());
}

Lines Judge::compare(const Scenario &in_tree, const Scenario &ours)
{
	Lines differences;

	if (in_tree.steps.size() != ours.steps.size())
		return { "not of as many steps" };
	for (std::size_t i = 0; i < ours.steps.size(); i++)
		compare(ours.name, in_tree.steps[i], ours.steps[i], differences);
	return differences;
}

void Judge::report(const std::string &what, const Lines &complaints)
{
	number_++;
	failed_ += !complaints.empty();
	std::cout << (complaints.empty() ? "ok " : "not ok ") << number_ << " - " << what << "\n";
	for (const auto &line : complaints)
		std::cout << "#  " << line << "\n";
}

int Judge::judge(const Record &in_tree, const Record &ours)
{
	const auto count = in_tree.scenarios.size();

	std::cout << "1.." << count + 2 << "\n";
	for (std::size_t i = 0; i < count; i++) {
		const auto &one = in_tree.scenarios[i];
		if (i >= ours.scenarios.size() || ours.scenarios[i].name != one.name)
			report(one.name, { "ours did not play it" });
		else
			report(one.name, compare(one, ours.scenarios[i]));
	}
	report("both records are complete",
	       in_tree.complete && ours.complete && ours.scenarios.size() == count && count ?
		       Lines{} :
		       Lines{ "one is not" });
	Lines unmet;
	for (const auto &one : expected_)
		if (!one.met)
			unmet.push_back(one.text);
	report("every known difference is there", unmet);
	return failed_ ? 1 : 0;
}

} // namespace

int main(int argc, char **argv)
{
	if (argc != 4) {
		std::cerr << "usage: judge DIFFERENCES IN-TREE OURS\n";
		return 2;
	}
	return Judge(expected_from(argv[1])).judge(record_from(argv[2]), record_from(argv[3]));
}

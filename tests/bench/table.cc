// SPDX-License-Identifier: GPL-2.0-or-later
#include "table.h"

#include <algorithm>
#include <cstdio>

namespace bench {

namespace {

constexpr int name_width = 58;

template<typename... Values>
std::string print(const char *format, Values... values)
{
	char buffer[200];

	std::snprintf(buffer, sizeof(buffer), format, values...);
	return buffer;
}

std::string cell(const Figures &figures)
{
	return figures.empty() ? print("%9s", "-") : print("%9.0f", figures.best());
}

std::string remark(const char *who, const Figures &figures)
{
	if (figures.empty() || figures.spread() <= 0.01)
		return "";
	return print("  (%s repeats only to %.1f %%)", who, 100 * figures.spread());
}

double in_tree_extra(const Line &line)
{
	return line.in_tree.best() - line.above_in_tree;
}

double ours_extra(const Line &line)
{
	return line.ours.best() - line.above_ours;
}

} // namespace

double Figures::best() const
{
	return *std::min_element(values_.begin(), values_.end());
}

double Figures::spread() const
{
	std::vector<double> sorted = values_;

	std::sort(sorted.begin(), sorted.end());
	return sorted.size() < 2 ? 0 : (sorted[1] - sorted[0]) / sorted[0];
}

std::optional<double> Line::ratio() const
{
	if (in_tree.empty() || ours.empty())
		return {};
	return ours_extra(*this) / in_tree_extra(*this);
}

bool Line::lost() const
{
	return judged && ratio() && *ratio() >= 1.005;
}

bool Line::missed() const
{
	return judged && ratio() &&
	       (*ratio() >= aim + 0.005 || (most > 0 && ours.best() > most));
}

std::string heading(const std::string &what)
{
	return print("%-*s%9s%9s%7s", name_width, what.c_str(), "in-tree", "ours", "ratio");
}

std::string text(const Line &line)
{
	std::string result = print("%-*s", name_width, line.name.c_str()) + cell(line.in_tree) +
			     cell(line.ours);

	result += line.ratio() && line.judged ? print("%7.2f", *line.ratio()) : print("%7s", "-");
	if (line.above_ours > 0 && line.ratio())
		result += print("  (of %.0f and %.0f above it)", in_tree_extra(line), ours_extra(line));
	if (line.lost())
		result += "  DEARER";
	else if (line.missed())
		result += *line.ratio() < line.aim + 0.005 ? print("  (aim: %.0f)", line.most)
							   : print("  (aim: %.2f)", line.aim);
	return result + remark("in-tree", line.in_tree) + remark("ours", line.ours);
}

} // namespace bench

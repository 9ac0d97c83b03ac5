// SPDX-License-Identifier: GPL-2.0-or-later
// Collected figures, the judgement and the lines to print.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bench {

// What one module did in one row, each time it was measured.
class Figures {
public:
	void add(double value) { values_.push_back(value); }
	[[nodiscard]] bool empty() const { return values_.empty(); }
	// What disturbs only ever adds: the least is the truth.
	[[nodiscard]] double best() const;
	// How much above it the second least is, in parts of it.
	[[nodiscard]] double spread() const;

private:
	std::vector<double> values_;
};

struct Line {
	std::string name;
	Figures in_tree;
	Figures ours;
	bool judged = true;	// a part of another line is not
	double above_in_tree = 0, above_ours = 0;	// costs that are not the module's
	double aim = 1;				// the ratio to reach
	double most = 0;			// what ours may be at most; 0: anything

	// Ours by in-tree, when both are there.
	[[nodiscard]] std::optional<double> ratio() const;
	// Ours is dearer, to the two decimals that are printed.
	[[nodiscard]] bool lost() const;
	// Or not as good as it is to be.
	[[nodiscard]] bool missed() const;
};

[[nodiscard]] std::string heading(const std::string &what);
[[nodiscard]] std::string text(const Line &line);

} // namespace bench

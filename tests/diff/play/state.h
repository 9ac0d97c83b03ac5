// SPDX-License-Identifier: GPL-2.0-or-later
// What the director remembers, and what is new in it.
#pragma once

#include "lab.h"

#include <map>

namespace diff {

struct State {
	using Numbers = std::vector<long>;
	std::map<std::string, int> conns, entries; // seconds left; those of the tracking
	std::map<std::string, Numbers> servers; // active, inactive
	Numbers counts; // conns, packets in and out, bytes in and out
};

[[nodiscard]] State state_of(Lab &lab);

// One line each: a connection that is new or has got more time, a server's count that
// changed.
[[nodiscard]] std::vector<std::string> news(const State &before, const State &after);

} // namespace diff

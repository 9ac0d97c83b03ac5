// SPDX-License-Identifier: GPL-2.0-or-later
// The rows of the table: what is set up, what goes before, what is measured.
#pragma once

#include "stream.h"
#include "system.h"

#include <vector>

namespace bench {

struct Burst {
	Stream stream;
	unsigned count = 0;
};

// Who besides us uses the network stack: somebody who wants to know the states of
// conntrack, or who routes by device or by mark.
enum class Others { none, track, filter_sources, route_by_device, route_by_mark };

struct Row {
	std::string name;
	std::vector<Words> setup{};	// arguments of ipvsadm
	std::string rules{};		// lines for ipvsadm -R
	std::vector<Burst> before{};	// not measured
	Burst measured{};
	bool steady = true;		// a second burst would cost the same
	bool told = false;		// a master has something to tell of it
	bool told_at_once = false;	// by sysctl: of the first packet, too
	bool daemon = false;		// with the master sync daemon
	unsigned frames = 1;		// that leave for each packet
	unsigned frames_in_tree = 0;	// where it is another number in tree
	bool local = false;		// they end at a socket instead
	Others others = Others::none;	// what goes on besides
	std::string above{};		// the row whose cost is not ours: what counts is the rest
	double aim = 1;			// the ratio to reach
	std::string grown_from{};	// the row of which ours may be growth_aim times
};

inline constexpr double growth_aim = 1.5;

// Bytes per connection.
struct MemoryRow {
	std::string name;
	std::vector<Words> setup{};
	Burst fill{};
};

inline constexpr double memory_aim = 192;	// bytes per connection, index included

[[nodiscard]] std::vector<Row> packet_rows();
[[nodiscard]] std::vector<MemoryRow> memory_rows();

} // namespace bench

// SPDX-License-Identifier: GPL-2.0-or-later
// Measuring one row with one module.
#pragma once

#include "ballast.h"
#include "module.h"
#include "rows.h"

namespace bench {

// Instructions per packet over those of a packet that is dropped at once for
// being another host's.
class Meter {
public:
	[[nodiscard]] double measure(const Row &row, Which which);

private:
	double base(const Burst &burst);
	std::vector<std::pair<Burst, double>> bases_;
	Ballast ballast_;
};

struct Memory {
	double object;		// slab pages per connection
	double index;		// hash buckets per connection
	double total;		// what the kernel's memory grew by, and the first index
};

[[nodiscard]] Memory measure_memory(const MemoryRow &row, Which which);

} // namespace bench

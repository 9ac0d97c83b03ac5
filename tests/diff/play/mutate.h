// SPDX-License-Identifier: GPL-2.0-or-later
// Frames damaged by lot; the same seed makes the same ones.
#pragma once

#include "tests/net/wire/packet.h"

#include <random>

namespace diff {

class Mutator {
public:
	explicit Mutator(std::uint32_t seed) : lot_(seed) {}
	// Less than that, by lot.
	[[nodiscard]] std::size_t below(std::size_t count) { return lot_() % count; }
	[[nodiscard]] wire::Frame mutate(wire::Frame frame, const wire::Frame &other);

private:
	void change(wire::Bytes &bytes, const wire::Bytes &other);
	void change_byte(wire::Bytes &bytes);
	void change_length(wire::Bytes &bytes);

	std::mt19937 lot_; // whose numbers the standard lays down
};

// Frames that are known to fare differently (the file "differences" says why).
[[nodiscard]] bool fares_differently(const wire::Frame &frame);

// Checksums and lengths of the outer headers made right again.
void mend_lengths(wire::Bytes &bytes);
void mend_sums(wire::Bytes &bytes);

} // namespace diff

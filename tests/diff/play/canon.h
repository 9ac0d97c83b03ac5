// SPDX-License-Identifier: GPL-2.0-or-later
// A frame as text that is the same wherever the same rules meet the same frames: what a
// kernel draws by lot is left out, what it leaves to a device is done. "rest" stands for
// all of the bytes.
#pragma once

#include "tests/net/wire/packet.h"

namespace diff {

class Canon {
public:
	[[nodiscard]] std::string text_of(const wire::Frame &raw);
	void forget() { numbers_.clear(); }

private:
	std::string number(const std::string &id);

	std::map<std::string, int> numbers_; // of IPv6 fragments, as they came
};

} // namespace diff

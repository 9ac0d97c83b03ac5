// SPDX-License-Identifier: GPL-2.0-or-later
// Where in its slabs the kernel finds the memory of a packet decides whether
// it takes the allocator's long way (some 290 instructions more), packet after
// packet. Datagrams that nobody reads move that place.
#pragma once

#include "system.h"

namespace bench {

class Ballast {
public:
	Ballast();
	// Hold another number of packets than before.
	void shift();

private:
	void drop();
	void hold(unsigned datagrams, std::size_t size);

	Fd socket_;
	unsigned turn_ = 0;
};

} // namespace bench

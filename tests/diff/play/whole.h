// SPDX-License-Identifier: GPL-2.0-or-later
// IPv4 packets put together from the fragments in which they came, that what is in them
// can be compared though they have been cut in other places.
#pragma once

#include "tests/net/wire/packet.h"

namespace diff {

[[nodiscard]] bool is_piece(const wire::Frame &frame); // a fragment of IPv4

class Wholes {
public:
	// The packet whose last missing fragment this is.
	[[nodiscard]] std::optional<wire::Frame> add(const wire::Frame &frame);

private:
	struct Pieces {
		wire::Bytes header, body;
		std::size_t seen = 0, size = 0; // of the body, whose size the last one tells
	};

	std::map<wire::Bytes, Pieces> pieces_; // by addresses, number, protocol
};

} // namespace diff

// SPDX-License-Identifier: GPL-2.0-or-later
// The octets of the packets that a device receives.
#pragma once

#include "stream.h"

#include <vector>

namespace bench {

using Frame = std::vector<std::uint8_t>;

// Packet number i: one frame, or two of a fragmented datagram.
[[nodiscard]] std::vector<Frame> frames(const Stream &stream, unsigned i, To to);

} // namespace bench

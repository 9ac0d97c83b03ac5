// SPDX-License-Identifier: GPL-2.0-or-later
// Packets, one write() to device tap0 each; the kernel receives a packet
// before the write() returns.
#pragma once

#include "stream.h"

namespace bench {

std::uint64_t tap_send(const Stream &stream, unsigned count, To to);

} // namespace bench

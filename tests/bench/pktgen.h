// SPDX-License-Identifier: GPL-2.0-or-later
// The kernel's packet generator, on device in0 of this namespace: each packet is
// built, and handed to the receive path as if in0 had received it.
#pragma once

#include "stream.h"

namespace bench {

std::uint64_t pktgen_send(const Stream &stream, unsigned count, To to);

} // namespace bench

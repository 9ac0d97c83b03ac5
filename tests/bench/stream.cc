// SPDX-License-Identifier: GPL-2.0-or-later
#include "stream.h"

#include "pktgen.h"
#include "tap.h"

namespace bench {

std::uint64_t send(const Stream &stream, unsigned count, To to)
{
	return stream.kind == Kind::udp ? pktgen_send(stream, count, to)
					: tap_send(stream, count, to);
}

} // namespace bench

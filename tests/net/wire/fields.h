// SPDX-License-Identifier: GPL-2.0-or-later
// The fields of a layer, read for encoding.
#pragma once

#include "bytes.h"

namespace wire {

[[nodiscard]] std::string text_of(const Layer &layer, std::string_view key);
[[nodiscard]] std::uint32_t number_of(const Layer &layer, std::string_view key,
				      std::uint32_t otherwise);
[[nodiscard]] Bytes from_hex(const std::string &text);
[[nodiscard]] std::uint8_t protocol_of(const Layer &layer);

// The protocol's header with what is in it, checksum 0; inside is its payload and
// "inner" the protocol of the packet inside, if there is one.
[[nodiscard]] Bytes transport_of(const Layer &layer, const Bytes &inside, std::uint8_t inner);

} // namespace wire

// SPDX-License-Identifier: GPL-2.0-or-later
// Requests that nobody would send.
#pragma once

#include <cstdint>
#include <iosfwd>

namespace genl {

// The examples are on the stream. The exit status.
int Fuzz(std::uint32_t seed, int count, std::istream& in);
int Denied(std::uint32_t seed, int count, std::istream& in);
// Sound ones, at random, for so long.
int Storm(std::uint32_t seed, int seconds, std::istream& in);

}  // namespace genl

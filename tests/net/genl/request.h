// SPDX-License-Identifier: GPL-2.0-or-later
// Requests to the family, from text to bytes. A request is [dump] COMMAND
// [ATTRIBUTE...], an attribute NAME=VALUE or NAME{ ... }. In place of a name a
// number will do, in place of a value #HEX or nothing (empty).
#pragma once

#include <cstdint>
#include <cstring>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace genl {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

struct Request {
  bool dump = false;
  std::uint16_t flags = 0;  // NLM_F_* besides
  std::uint8_t command = 0;
  Bytes attributes;
};

Request Parse(const std::string& line);
std::vector<Request> ReadAll(std::istream& lines);

template <typename T>
Bytes Raw(T value) {
  Bytes bytes(sizeof(value));
  std::memcpy(bytes.data(), &value, sizeof(value));
  return bytes;
}

void Append(Bytes& to, View more);
Bytes Text(const std::string& text);
void PutAttribute(Bytes& to, int number, View value);

}  // namespace genl

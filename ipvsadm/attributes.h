// SPDX-License-Identifier: GPL-2.0-or-later
// Reading and writing netlink attributes. Pure. Part of the codec.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>

#include "codec.h"

namespace ipvs {

// By type; of several of one type the last counts. Views into what was parsed.
class Attributes {
 public:
  // Nothing if a length lies. Up to three bytes behind the last are ignored.
  static std::optional<Attributes> parse(View bytes);

  bool has(int type) const { return attributes_.count(type) > 0; }
  // Empty if absent.
  View view(int type) const;

  // An integer of exactly this size, in the byte order it was sent in.
  template <typename T>
  std::optional<T> get(int type) const {
    View value = view(type);
    T number;
    if (!has(type) || value.size() != sizeof(T))
      return std::nullopt;
    std::memcpy(&number, value.data(), sizeof(T));
    return number;
  }

  // Up to the first NUL, or whole.
  std::string text(int type) const;

  auto begin() const { return attributes_.begin(); }
  auto end() const { return attributes_.end(); }

 private:
  std::map<int, View> attributes_;
};

class Writer {
 public:
  void put(int type, View value);
  void put_text(int type, const std::string& text);  // with its NUL
  void put_nested(int type, const Writer& content);

  template <typename T>
  void put_number(int type, T number) {
    put(type, View(reinterpret_cast<const uint8_t*>(&number), sizeof(number)));
  }

  const Bytes& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

}  // namespace ipvs

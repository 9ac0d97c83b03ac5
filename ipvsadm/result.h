// SPDX-License-Identifier: GPL-2.0-or-later
// A value, or the reason why there is none.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace ipvs {

// What the user gets to see, one line, and the exit status that goes with it.
struct Error {
  int status;
  std::string text;
};

// Exit statuses, those of ipvsadm 1.31.
inline constexpr int exit_ok = 0;
inline constexpr int exit_list = 1;     // a list could not be had
inline constexpr int exit_usage = 2;    // bad arguments, or no IPVS
inline constexpr int exit_refused = 255;  // the kernel, or the option parser

struct Done {};

template <typename T, typename E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }

  T& operator*() { return std::get<0>(state_); }
  const T& operator*() const { return std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }

  const E& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, E> state_;
};

}  // namespace ipvs

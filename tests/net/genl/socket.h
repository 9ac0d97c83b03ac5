// SPDX-License-Identifier: GPL-2.0-or-later
// The family's socket, and what it answers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "request.h"

namespace genl {

struct Answer {
  int error = 0;
  std::string sentence;
  std::string blamed;  // "@N", "-N" or nothing
  bool interrupted = false;
  bool lost = false;            // the kernel could not tell
  std::vector<Bytes> messages;  // attributes only
};

class Socket {
 public:
  Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket();

  Answer Ask(const Request& request) { return Exchange(family_, request); }

  // For how long an answer may stay away.
  void Wait(int milliseconds);

  // The two halves. Of the second one datagram; false when it was the last of an answer.
  void Send(const Request& request) { Send(family_, request); }
  bool Receive(Answer& answer);

 private:
  void Send(std::uint16_t type, const Request& request);
  bool Message(Answer& answer, std::uint16_t type, View payload);
  Answer Exchange(std::uint16_t type, const Request& request);
  std::uint16_t Resolve();

  int fd_;
  std::uint32_t sequence_ = 0;
  std::uint16_t family_ = 0;
  Bytes sent_;
};

// All that users can read, services with their real servers, as bytes.
Bytes Snapshot(Socket& socket);

}  // namespace genl

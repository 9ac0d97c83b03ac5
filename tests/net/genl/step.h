// SPDX-License-Identifier: GPL-2.0-or-later
// What can be tried again and again: see fail.h.
#pragma once

#include <string>
#include <vector>

#include "request.h"
#include "socket.h"

namespace genl {

enum class Outcome { kDone, kRefused, kUnknown };

struct Step {
  enum class Kind { kRequest, kWrite, kLoad, kUnload, kSpace, kShell };
  Kind kind = Kind::kRequest;
  Request request;
  std::string file, value;  // the value is kShell's command, a module's name
};

Step ReadStep(const std::string& text);

// Arms what fails around the part of a step that is the kernel's.
class Injection {
 public:
  Injection();
  Injection(const Injection&) = delete;
  Injection& operator=(const Injection&) = delete;
  ~Injection();

  // The thread's n-th allocation from now on fails; 0: none.
  void Arm(int n);
  // Whether it came to it.
  bool Disarm();

 private:
  int fd_;
  int armed_ = 0;
};

struct Result {
  Outcome outcome = Outcome::kUnknown;
  bool injected = false;
  Answer answer;
};

// Of a system call, which has set errno if not.
Outcome Judge(bool done, Answer& answer);

Result Try(const Step& step, Injection& injection, int n);

}  // namespace genl

// SPDX-License-Identifier: GPL-2.0-or-later
// Commands to deeds.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "command.h"
#include "kernel.h"
#include "names.h"

namespace ipvs {

// All is borrowed.
struct Session {
  Kernel& kernel;
  Names& names;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::string program;  // for messages, as it was called
  std::string version;
};

// The whole program: words without the program's name to an exit status.
int run(const std::vector<std::string>& words, Session& session);

}  // namespace ipvs

// SPDX-License-Identifier: GPL-2.0-or-later
// The command line, by popt. Nothing else knows popt.
#pragma once

#include <string>
#include <vector>

#include "command.h"
#include "names.h"
#include "result.h"

namespace ipvs {

// Words without the program's name.
Result<Request> sort_words(const std::vector<std::string>& words);

Result<Command> parse(const std::vector<std::string>& words, Names& names);

// What --help prints.
std::string help_text(const std::string& program);

}  // namespace ipvs

// SPDX-License-Identifier: GPL-2.0-or-later
// The lines that -R reads. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "result.h"

namespace ipvs {

// The words of a command, without the program's name, which may lead them;
// none for an empty line or a comment. The error is the reason alone.
Result<std::vector<std::string>, std::string> restore_words(std::string_view line);

}  // namespace ipvs

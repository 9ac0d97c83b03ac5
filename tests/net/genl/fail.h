// SPDX-License-Identifier: GPL-2.0-or-later
// Allocations that fail, by /proc/thread-self/fail-nth of a debug kernel. Of each
// request the first fails, then the second, until there is none left to fail: each
// time there is an error and nothing has changed, or the request has been done
// whole. A line is REQUEST [| UNDO]...
#pragma once

#include <iosfwd>

namespace genl {

// The exit status.
int Fail(std::istream& lines);

}  // namespace genl

// SPDX-License-Identifier: GPL-2.0-or-later
// Allocations that fail, by /proc/thread-self/fail-nth of a debug kernel, in the
// thread that asks and nowhere else. Of each step the first fails, then the second,
// until there is none left to fail: each time there is an error and nothing has
// changed, or the step has been done whole. A line is STEP [| UNDO]... [| or ERROR]...,
// where a step is
//   REQUEST              to the family
//   write FILE VALUE     what FILE reads belongs to what may not change
//   load MODULE          what modules there are, and files and caches of ours
//   unload MODULE        to undo that
//   space                a network namespace: what is to be seen in it
//   !COMMAND             of the shell; only to undo, and then always done
// and ERROR is one that the kernel makes of failed memory on its own account; or any.
#pragma once

#include <iosfwd>

namespace genl {

// The exit status.
int Fail(std::istream& lines);

}  // namespace genl

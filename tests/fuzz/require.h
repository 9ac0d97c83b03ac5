// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
// What must hold whatever the input is.

#include <cstdio>
#include <cstdlib>

inline void require(bool holds, const char *what)
{
	if (holds)
		return;
	std::fprintf(stderr, "does not hold: %s\n", what);
	std::abort();
}

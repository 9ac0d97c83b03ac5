// SPDX-License-Identifier: GPL-2.0-or-later
// Modules and network namespaces that come and go, with an allocation failing on
// their way.
#pragma once

#include <string>

#include "step.h"

namespace genl {

// Of updates/, and what it needs is there already.
Result LoadModule(const std::string& name, Injection& injection, int n);
Result UnloadModule(const std::string& name);
// A namespace of its own; what IPVS shows there is the answer. It goes again.
Result TrySpace(Injection& injection, int n);

// Names of modules, of our files and of our caches: all that loading changes for users.
Bytes Loaded();

}  // namespace genl

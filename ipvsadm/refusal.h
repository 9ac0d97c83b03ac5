// SPDX-License-Identifier: GPL-2.0-or-later
// The kernel's refusals in words.
#pragma once

#include <string>

#include "command.h"
#include "kernel.h"

namespace ipvs {

// "Service already exists: -t 10.0.0.1:80: <the kernel's sentence>". What comes
// first is what ipvsadm 1.31 says, for scripts look for it.
std::string refusal_text(const Command& command, const Refusal& refusal);

// The same for the first question, when it is not known yet if there is IPVS.
std::string no_ipvs_text(const Refusal& refusal);

}  // namespace ipvs

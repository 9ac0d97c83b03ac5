// SPDX-License-Identifier: GPL-2.0-or-later
// One of the two implementations, loaded from its own folder.
#pragma once

#include "system.h"

namespace bench {

enum class Which { in_tree, ours };

[[nodiscard]] std::string name(Which which);

// Loaded as long as it lives; afterwards the next one finds a clean kernel.
class Module {
public:
	explicit Module(Which which);
	Module(const Module &) = delete;
	Module &operator=(const Module &) = delete;
	~Module();

	std::string ipvsadm(const Words &words) const;
	// Lines for `ipvsadm -R`.
	void restore(const std::string &rules) const;
	void start_master();
	// Buckets of the connection table, by the header of `ipvsadm -L`.
	[[nodiscard]] std::uint64_t buckets() const;

private:
	bool master_ = false;
};

// What both need or what would change the kernel's state at first use.
void load_foundations();

} // namespace bench

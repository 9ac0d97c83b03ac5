// SPDX-License-Identifier: GPL-2.0-or-later
// The connection table of a namespace, as /proc/net/ip_vs_conn shows it.
#pragma once

#include <string>
#include <vector>

namespace wire {

struct Conn {
	std::string text; // "TCP CLIENT:PORT VIRTUAL:PORT SERVER:PORT STATE"
	int expires;	  // seconds
};

[[nodiscard]] std::vector<Conn> connections_in(const std::string &space);

// The pattern is as for file names: "TCP 10.0.1.10:* * 10.0.2.11:80 EST*".
[[nodiscard]] bool like(const std::string &pattern, const std::string &text);

} // namespace wire
